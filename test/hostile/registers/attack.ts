import type { Context } from '../../../server/base/context.ts'
import { Refusal } from '../../../server/base/refusal.ts'
import { readRegister } from '../../../server/register/import/file/read.ts'
import { applyImport, checkRegister, findImport } from '../../../server/register/import/service.ts'
import type { Person } from '../../../shared/base/person.ts'
import { treeFor } from '../../support/registers/guangzhou.ts'
import { type RegisterLine, registerFile } from '../../support/registers/registers.ts'
import { type LongestBlock, LoopWatch } from '../loop.ts'
import { HOSTILE_REGISTERS, nationLines } from './registers.ts'

/** What one file did to the loop. */
export interface RegisterTry {
  readonly name: string
  readonly longest: LongestBlock
  readonly tookMs: number
  /** What came of it: counts, or the reason why it was refused. */
  readonly came: string
}

/** Reads every hostile file, of so many megabytes. */
export async function attackReading(mb: number): Promise<RegisterTry[]> {
  const tries: RegisterTry[] = []
  for (const [name, file] of Object.entries(HOSTILE_REGISTERS)) {
    const bytes = file(mb)
    tries.push(
      await attempt(name, async () => {
        const { rows, bad } = await readRegister(bytes)
        return { rows: rows.length, bad: bad.slice(0, 1) }
      }),
    )
  }
  return tries
}

/**
 * Sends a nation's register of so many sites, and the same with everything in it changed, as somebody would in the
 * product. What is thrown besides a refusal is a bug, and is thrown.
 */
export async function attackRegister(ctx: Context, user: Person, sites: number): Promise<RegisterTry[]> {
  const tries: RegisterTry[] = []
  const lines = nationLines(await treeFor('440100'), sites)
  let id = 0
  const check = async (name: string, sent: readonly RegisterLine[]) => {
    const file = { name, bytes: registerFile(sent), area: null }
    const check = async () => {
      const checked = await checkRegister(ctx, user, file)
      id = checked.id
      return checked
    }
    tries.push(await attempt(name, check))
  }
  await check('the nation', lines)
  const load = () => applyImport(ctx, user, id, { answers: {}, skipBad: false })
  tries.push(await attempt('the nation, loaded', load))
  await check('the nation again', lines)
  await check('all codes changed', lines.map(recoded))
  tries.push(await attempt('all codes changed, asked for again', () => findImport(ctx.db, id)))
  await check('half of it missing, the rest renamed', lines.filter((_, at) => at % 2 === 0).map(renamed))
  await check(
    'all at one address',
    lines.map((line) => ({ ...recoded(line), url: 'http://a.gov.cn/' })),
  )
  await check(
    'unknown places',
    lines.map((line, at) => ({ ...line, place: `某地${at}` })),
  )
  await check(
    'one unknown place',
    lines.map((line) => ({ ...line, place: '某地' })),
  )
  await check('ministries', lines.map(ofMinistries))
  return tries
}

async function attempt(name: string, act: () => Promise<unknown>): Promise<RegisterTry> {
  const watch = new LoopWatch()
  const began = performance.now()
  const came = await said(act)
  await new Promise((resolve) => setTimeout(resolve, 10))
  return { name, longest: watch.stop(), tookMs: performance.now() - began, came }
}

const recoded = (line: RegisterLine): RegisterLine => ({
  ...line,
  code: `${line.code.slice(0, 6)}${9999 - Number(line.code.slice(6))}`,
})
const renamed = (line: RegisterLine): RegisterLine => ({ ...line, name: `${line.name}（新）` })
const ofMinistries = (line: RegisterLine, at: number): RegisterLine => ({
  ...line,
  code: `bm${String(at).padStart(8, '0')}`,
})

async function said(act: () => Promise<unknown>): Promise<string> {
  try {
    // As an answer goes out, and comes in.
    const { bad, rows, counts, questions } = JSON.parse(JSON.stringify(await act()))
    const reason = bad?.[0]?.reason ?? ''
    return counts ? `${JSON.stringify(counts)}, ${questions.length} questions` : `${rows} rows, ${reason}`
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.reason
  }
}
