import { sql } from 'kysely'
import {
  type Answers,
  type NamedSite,
  type Question,
  questionKey,
} from '../../../../shared/register/import/imports.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { inSlices, keeping, type Steps } from '../../../base/slices.ts'
import { isGoingOn } from '../../sites/paused.ts'
import { endedSites, type HowEnded } from './ended.ts'
import { hostOf } from './host.ts'
import type { PlacedRow as Row } from './place.ts'
import { type Reappeared, reappeared } from './reappear.ts'

/** What a file says of the register by what it has not. */
export interface Comparison {
  readonly rows: readonly Row[]
  readonly questions: readonly Question[]
  readonly recoded: readonly { readonly siteId: number; readonly from: string; readonly to: string }[]
  readonly ended: readonly {
    readonly siteId: number
    readonly code: string
    readonly how: HowEnded
  }[]
  /** Sites that are open again. */
  readonly reopened: Reappeared['reopened']
  /** Rows that wait for an answer, and those that an answer leaves out. */
  readonly waiting: number
  readonly left: number
}

interface Known extends NamedSite {
  readonly id: number
  readonly unit: string
}

/**
 * Looks for the sites of the register that the file has not, in the groups that it is of: a district's own file says
 * nothing of the others. One that goes on under another code is found by its address or by its name and unit, and
 * asked about; of the rest it is asked what became of them. Those that have been ended are asked about no more, unless
 * the file has them again.
 */
export async function compareRegister(
  db: Db | Tx,
  rows: readonly Row[],
  answers: Answers,
  groups: readonly string[],
): Promise<Comparison> {
  const missing = await missingSites(db, rows, groups)
  const ended = await endedSites(db)
  const known = missing.length + ended.length > 0 ? await codesKnown(db) : new Set<string>()
  const again = await inSlices(reappeared(rows, ended, known, answers))
  const reopened = new Set(again.reopened.map(({ code }) => code))
  const added = await inSlices(keeping(again.rows, ({ code }) => !known.has(code) && !reopened.has(code)))
  const pairs = await inSlices(paired(missing, added))
  const found = await inSlices(compared(again.rows, missing, pairs, answers))
  return {
    ...found,
    questions: [...again.questions, ...found.questions],
    recoded: [...again.recoded, ...found.recoded],
    reopened: again.reopened,
    waiting: again.waiting + found.waiting,
    left: again.left,
  }
}

function* compared(
  rows: readonly Row[],
  missing: readonly Known[],
  pairs: readonly Pair[],
  answers: Answers,
): Steps<Omit<Comparison, 'reopened' | 'left'>> {
  const questions: Question[] = []
  const recoded: { siteId: number; from: string; to: string }[] = []
  const open = new Set<Row>()
  const settled = new Set<Known>()
  for (const { site, row, same } of pairs) {
    yield
    const key = questionKey.changedCode(site.code)
    if (answers[key] === 'other') continue
    settled.add(site)
    if (answers[key] === 'same') recoded.push({ siteId: site.id, from: site.code, to: row.code })
    else {
      open.add(row)
      questions.push({ kind: 'changedCode', key, line: row.line, from: plain(site), to: plain(row), same })
    }
  }
  const { ended, asked } = yield* gone(yield* keeping(missing, (site) => !settled.has(site)), answers)
  if (asked.length > 0) questions.push({ kind: 'missing', key: 'missing', sites: asked.map(plain) })
  const closed = yield* keeping(rows, (row) => !open.has(row))
  return { rows: closed, questions, recoded, ended, waiting: open.size }
}

const plain = ({ code, name, url }: NamedSite): NamedSite => ({ code, name, url })

async function missingSites(db: Db | Tx, rows: readonly Row[], groups: readonly string[]): Promise<Known[]> {
  if (groups.length === 0) return []
  const codes = new Set(rows.map(({ code }) => code))
  const known = await db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select(['site.id', 'site.code', 'site.name', 'site.url', 'unit.name as unit'])
    .where(sql<boolean>`site.district = any(${groups}::text[])`)
    .where(isGoingOn)
    .orderBy('site.code')
    .execute()
  return inSlices(keeping(known, ({ code }) => !codes.has(code)))
}

async function codesKnown(db: Db | Tx): Promise<Set<string>> {
  return new Set((await db.selectFrom('site').select('code').execute()).map(({ code }) => code))
}

interface Pair {
  readonly site: Known
  readonly row: Row
  readonly same: ('host' | 'name')[]
}

/** Each site with a row that may be it, each row once; both at once goes before one of the two. */
function* paired(missing: readonly Known[], rows: readonly Row[]): Steps<Pair[]> {
  const byHost = yield* grouped(rows, hostOf)
  const byName = yield* grouped(rows, nameOf)
  const candidates: Pair[] = []
  for (const site of missing) {
    candidates.push(...matches(site, few(byHost.get(hostOf(site))), few(byName.get(nameOf(site)))))
    yield
  }
  const done = new Set<Known>()
  const taken = new Map<Row, Pair>()
  for (const both of [true, false]) {
    for (const pair of candidates) {
      yield
      if (pair.same.length > 1 !== both || taken.has(pair.row) || done.has(pair.site)) continue
      taken.set(pair.row, pair)
      done.add(pair.site)
    }
  }
  // In the order of their lines, as the rows are.
  return rows.flatMap((row) => taken.get(row) ?? [])
}

/** What many rows have in common says of none that it is the site. */
const MOST_ALIKE = 20
const few = (rows: readonly Row[] = []): readonly Row[] => (rows.length > MOST_ALIKE ? [] : rows)

function matches(site: Known, hosts: readonly Row[], names: readonly Row[]): Pair[] {
  return [...new Set([...hosts, ...names])].map((row) => ({
    site,
    row,
    same: [
      ...(hosts.includes(row) ? ['host' as const] : []),
      ...(names.includes(row) ? ['name' as const] : []),
    ],
  }))
}

const nameOf = ({ name, unit }: { readonly name: string; readonly unit: string }): string =>
  `${unit}\n${name}`

function* grouped<T>(items: readonly T[], keyOf: (item: T) => string): Steps<Map<string, T[]>> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
    yield
  }
  return groups
}

function* gone(
  missing: readonly Known[],
  answers: Answers,
): Steps<{ ended: Comparison['ended'][number][]; asked: Known[] }> {
  const ended: Comparison['ended'][number][] = []
  const asked: Known[] = []
  for (const site of missing) {
    yield
    const answer = answers[questionKey.missingSite(site.code)] ?? answers[questionKey.missing]
    if (answer === 'closed' || answer === 'moved')
      ended.push({ siteId: site.id, code: site.code, how: answer })
    else if (answer !== 'keep') asked.push(site)
  }
  return { ended, asked }
}
