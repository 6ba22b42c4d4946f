import type { ChildProcess } from 'node:child_process'
import { Unzip, UnzipInflate } from 'fflate'
import { Refusal } from '../refusal.ts'
import { inSlices, type Steps } from '../slices.ts'
import { endProgram, firstMessage, spawnProgram } from '../spawn.ts'
import { createTurns } from '../turns.ts'
import { rowIsTooLong, tooManyColumns, tooManyRows } from './split.ts'
import type { ReaderAsked, RowsTold, SheetRow } from './workbook-reader.ts'

/** What is unpacked in one step: a kilobyte can be made to become a thousand. */
const PIECE = 2 ** 10
/** Cells can be written shorter than they are in memory. */
const MEMORY = '--max-old-space-size=768'
/** The nation's register takes three seconds. */
const MOST_MS = 60_000
/** Rows that come over in one turn. */
const BATCH = 200

/** One at a time, and few that wait, each of which is held in memory. */
const turns = createTurns(1, 4, 'sheets.busy')

/**
 * The rows of a workbook that have something in them, sheet after sheet; of several with the name of theirs. One workbook at a time is read, in a process
 * of its own. Of a formula it is the value that was worked out last, of cells that are merged the first.
 * @param mostUnpacked what it may unpack to, in bytes
 * @throws Refusal invalid, too_large; too_many_requests while others wait already
 */
export function readWorkbook(bytes: Buffer, mostUnpacked: number): Promise<readonly SheetRow[]> {
  return turns.run('known', () => read(bytes, mostUnpacked))
}

async function read(bytes: Buffer, mostUnpacked: number): Promise<readonly SheetRow[]> {
  await refuseBloated(bytes, mostUnpacked)
  const reader = spawnProgram('workbook', {}, [MEMORY])
  const timer = setTimeout(() => reader.kill('SIGKILL'), MOST_MS)
  try {
    await sendTo(reader, { bytes })
    const rows: SheetRow[] = []
    for (;;) {
      const asked = { from: rows.length, count: BATCH }
      const [told] = await Promise.all([firstMessage<RowsTold>(reader), sendTo(reader, asked)])
      if ('isBroken' in told) throw unreadable()
      if ('tooMany' in told) throw tooMuch(told)
      rows.push(...told.rows)
      if (told.isLast) return rows
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    // A process that has begun is ended by nothing else than that it has not enough memory, or time.
    throw reader.pid === undefined ? new Refusal('unavailable', 'sheets.cannotBeReadNow') : bloated()
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

function tooMuch(told: Extract<RowsTold, { tooMany: string }>): Refusal {
  if (told.tooMany === 'rows') return tooManyRows()
  return told.tooMany === 'columns' ? tooManyColumns(told) : rowIsTooLong(told.line)
}

const unreadable = () => new Refusal('invalid', 'accounts.workbookCannotRead')
const bloated = () => new Refusal('too_large', 'accounts.workbookLargeOnceUnpacked')

/** Makes sure that a packed file of an office program becomes no more than so many bytes. @throws Refusal invalid, too_large */
export const refuseBloated = (bytes: Buffer, most: number): Promise<void> =>
  inSlices(refuseIfBloated(bytes, most))

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
