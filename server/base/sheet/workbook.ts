import type { ChildProcess } from 'node:child_process'
import { Unzip, UnzipInflate } from 'fflate'
import { Refusal } from '../refusal.ts'
import { inSlices, type Steps } from '../slices.ts'
import { endProgram, firstMessage, spawnProgram } from '../spawn.ts'
import type { ReaderAsked, RowsTold } from './workbook-reader.ts'

/** What is unpacked in one step: a kilobyte can be made to become a thousand. */
const PIECE = 2 ** 10
/** Cells can be written shorter than they are in memory. */
const MEMORY = '--max-old-space-size=768'
/** The nation's register takes three seconds. */
const MOST_MS = 60_000
/** Rows that come over in one turn. */
const BATCH = 200

type Rows = readonly (readonly unknown[])[]

let last: Promise<unknown> = Promise.resolve()

/**
 * The rows of the first sheet of a workbook, from its first line on. One workbook at a time is read, in a process
 * of its own. Of a formula it is the value that was worked out last, of cells that are merged the first.
 * @param mostUnpacked what it may unpack to, in bytes
 * @throws Refusal invalid, too_large
 */
export function readWorkbook(bytes: Buffer, mostUnpacked: number): Promise<Rows> {
  const mine = last.then(() => read(bytes, mostUnpacked))
  last = mine.catch(() => {})
  return mine
}

async function read(bytes: Buffer, mostUnpacked: number): Promise<Rows> {
  await inSlices(refuseIfBloated(bytes, mostUnpacked))
  const reader = spawnProgram('workbook', {}, [MEMORY])
  const timer = setTimeout(() => reader.kill('SIGKILL'), MOST_MS)
  try {
    await sendTo(reader, { bytes })
    const rows: (readonly unknown[])[] = []
    for (;;) {
      const asked = { from: rows.length, count: BATCH }
      const [told] = await Promise.all([firstMessage<RowsTold>(reader), sendTo(reader, asked)])
      if ('isBroken' in told) throw unreadable()
      rows.push(...told.rows)
      if (told.isLast) return rows
    }
  } catch (error) {
    // What else ends it is that it has not enough memory, or time.
    throw error instanceof Refusal ? error : bloated()
  } finally {
    clearTimeout(timer)
    await endProgram(reader, 0)
  }
}

function sendTo(reader: ChildProcess, asked: ReaderAsked): Promise<void> {
  return new Promise((resolve, reject) => {
    reader.send(asked, (error) => (error ? reject(error) : resolve()))
  })
}

const unreadable = () => new Refusal('invalid', 'accounts.workbookCannotRead')
const bloated = () => new Refusal('too_large', 'accounts.workbookLargeOnceUnpacked')

/** Unpacks it piece by piece, keeping nothing, only to see how much it is. @throws Refusal */
function* refuseIfBloated(bytes: Buffer, most: number): Steps<void> {
  let size = 0
  let fault: Error | null = null
  const unzip = new Unzip((file) => {
    file.ondata = (error, chunk) => {
      fault ??= error
      size += chunk?.length ?? 0
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length && size <= most; at += PIECE) {
    try {
      unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
    } catch {
      throw unreadable()
    }
    if (fault) throw unreadable()
    yield
  }
  if (size > most) throw bloated()
}
