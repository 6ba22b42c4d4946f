import type { NamedPlace } from '../../../../shared/base/places.ts'
import { cut } from '../../../../shared/base/text.ts'
import type { Division } from '../../../../shared/register/divisions/divisions.ts'
import { isOwnGroup, NATION, OWN_GROUPS } from '../../../../shared/register/divisions/divisions-rules.ts'
import type { Answers, Question } from '../../../../shared/register/import/imports.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { inSlices, keeping, type Steps } from '../../../base/slices.ts'
import { findArea } from '../../divisions/area.ts'
import { treeOf } from '../../divisions/queries.ts'
import { areaOf, type DivisionTree, ownGroupDivision } from '../../divisions/tree.ts'
import { BadCell } from '../file/fields.ts'
import { type BadRegisterRow, badRow, type ParsedRegister, type ReadRow } from '../file/parse.ts'
import { type Comparison, compareRegister } from './compare.ts'
import { keepUnsaid } from './keep.ts'
import { placeRegister, type RegisterRow, type RowOfSite } from './place.ts'
import { requireSaid } from './required.ts'

/** What a file would do to the register, with what was answered. */
export interface ImportPlan {
  readonly area: NamedPlace
  /** Whether the file says whose register it is, or the installation's settings or who loads it. */
  readonly areaBy: 'file' | 'setting'
  readonly rows: readonly RegisterRow[]
  readonly bad: readonly BadRegisterRow[]
  readonly questions: readonly Question[]
  /** What the file's rows fall into. */
  readonly groups: readonly NamedPlace[]
  /** Divisions to be added first, those above before those below. */
  readonly added: readonly Division[]
  /** Sites that go on under another code. */
  readonly recoded: Comparison['recoded']
  /** Sites that are over, by what was answered. */
  readonly ended: Comparison['ended']
  readonly reopened: Comparison['reopened']
  readonly waiting: number
  readonly left: number
}

/**
 * Plans a file against the register as it is. Nothing is stored.
 * @param wanted whose register it is to be; else the installation's settings say it, else the file.
 */
export async function planImport(
  db: Db | Tx,
  { rows: read, bad }: ParsedRegister,
  answers: Answers,
  wanted: string | null = null,
): Promise<ImportPlan> {
  const isDemo = await holdsDemo(db)
  const stored = await findArea(db)
  // The place of the demo is not that of the register that takes its place.
  const set = wanted ?? (isDemo && stored?.by === 'register' ? null : (stored?.code ?? null))
  const { area, tree, departments } = await surroundings(db, read, set)
  const of = tree.get(area)
  if (!of) throw new UnknownArea(area)
  for (const group of OWN_GROUPS) tree.add(ownGroupDivision(of, group))
  const groups = await db.selectFrom('district').select('code').execute()
  const codes = new Set(isDemo ? [] : groups.map(({ code }) => code))
  const place = (rows: readonly RowOfSite[]) =>
    inSlices(placeRegister(rows, { tree, area, groups: codes }, answers))
  const placed = await place(read)
  const merged = await mergedCodes(db)
  const isMerged = ({ code }: { readonly code: string }) => merged.has(code)
  const gone = placed.rows
    .filter(isMerged)
    .map((row) =>
      badRow(
        row,
        new BadCell('code', 'imports.mergedCode', { code: row.code, into: merged.get(row.code) ?? '' }),
      ),
    )
  const there = gone.length > 0 ? placed.rows.filter((row) => !isMerged(row)) : placed.rows
  const keep = (of: Pick<Comparison, 'rows' | 'recoded'>) =>
    keepUnsaid(db, of, read, {
      area: (stored && tree.get(stored.code)?.code) ?? area,
      place: async (rows) => (await place(rows)).rows,
    })
  const own = await keep({ rows: there, recoded: [] })
  const compared = isDemo
    ? nothingToCompare(own)
    : await compareRegister(db, own, answers, groupsOfBoth(there, own))
  // What the register has of a site under another code is known only now.
  const kept = compared.recoded.length > 0 ? await keep(compared) : compared.rows
  const said = await requireSaid(db, { ...compared, rows: kept }, isDemo)
  // What only rows say that wait or are left out is not kept.
  const inUse = [...said.rows.map(({ division }) => division), ...placed.added.map(({ code }) => code)]
  const needed = new Set([...new Set(inUse)].flatMap((code) => tree.path(code).map((one) => one.code)))
  const isNeeded = ({ code }: Division) => needed.has(code)
  return {
    area: { code: of.code, name: of.name, nameEn: of.nameEn },
    areaBy: set === null ? 'file' : 'setting',
    rows: await inSlices(withoutLines(said.rows)),
    bad: [...bad, ...placed.bad, ...gone, ...said.bad].sort((a, b) => a.line - b.line),
    questions: [...placed.questions, ...compared.questions],
    groups: groupsIn(tree, said.rows),
    added: [...departments.filter(isNeeded), ...placed.added],
    recoded: said.recoded,
    ended: compared.ended,
    reopened: said.reopened,
    waiting: placed.waiting + compared.waiting,
    left: placed.left + compared.left,
  }
}

function* withoutLines(rows: Comparison['rows']): Steps<RegisterRow[]> {
  const bare: RegisterRow[] = []
  for (const { line: _, sheet: __, ...row } of rows) {
    bare.push(row)
    yield
  }
  return bare
}

/** A portal, then departments, then the parts. */
const rank = (code: string): number => (code.endsWith('-portal') ? 0 : isOwnGroup(code) ? 1 : 2)

/** The groups of rows, the area's own first, in the order of their codes. */
function groupsIn(tree: DivisionTree, rows: readonly RegisterRow[]): NamedPlace[] {
  const codes = [...new Set(rows.map(({ district }) => district))]
  return codes
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((code) => {
      const { name = code, nameEn = code } = tree.get(code) ?? {}
      return { code, name, nameEn }
    })
}

/** Whoever loads a register named a place that there is none. */
export class UnknownArea extends Error {
  constructor(code: string) {
    super(`There is no division ${code}.`)
  }
}

/** Groups that rows say and end up in: one site that somebody put elsewhere makes a file that of neither district. */
function groupsOfBoth(said: readonly RegisterRow[], kept: readonly RegisterRow[]): string[] {
  const groups = new Set(said.map(({ district }) => district))
  return [...new Set(kept.map(({ district }) => district))].filter((group) => groups.has(group))
}

const nothingToCompare = (rows: Comparison['rows']): Comparison => ({
  rows,
  questions: [],
  recoded: [],
  ended: [],
  reopened: [],
  waiting: 0,
  left: 0,
})

async function holdsDemo(db: Db | Tx): Promise<boolean> {
  const row = await db.selectFrom('site').select('id').where('demo', '=', true).limit(1).executeTakeFirst()
  return row !== undefined
}

/** Codes of sites that were merged, with those of the sites that they are since. */
async function mergedCodes(db: Db | Tx): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('site')
    .innerJoin('site as into', 'into.id', 'site.merged_into')
    .select(['site.code', 'into.code as into'])
    .execute()
  return new Map(rows.map(({ code, into }) => [code, into]))
}

interface Surroundings {
  readonly area: string
  readonly tree: DivisionTree
  /** Ministries and their units, which no list of divisions has. */
  readonly departments: readonly Division[]
}

async function surroundings(
  db: Db | Tx,
  read: readonly ReadRow[],
  set: string | null,
): Promise<Surroundings> {
  const first = await treeOf(db, set)
  const departments = await inSlices(departmentsOf(read, first))
  const area = set ?? (await areaOfFile(db, read, first))
  const tree = set === area ? first : await treeOf(db, area)
  for (const department of departments) tree.add(department)
  return { area, tree, departments }
}

/** The units that ministries' codes name (`bm55`, `bm5500`), called as the unit of their first site is. */
function* departmentsOf(read: readonly ReadRow[], tree: DivisionTree): Steps<Division[]> {
  const firsts = new Map<string, ReadRow>()
  for (const row of read) {
    const first = firsts.get(row.code.slice(0, 6))
    if (row.code.startsWith('bm') && !(first && first.code <= row.code)) firsts.set(row.code.slice(0, 6), row)
    yield
  }
  const added: Division[] = []
  for (const { code, unit } of [...firsts.values()].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    for (const [part, parent] of [
      [code.slice(0, 4), NATION],
      [code.slice(0, 6), code.slice(0, 4)],
    ] as const) {
      if (tree.get(part)) continue
      const name = cut(unit, 50)
      const division = {
        code: part,
        name,
        nameEn: name,
        level: 'department',
        parent,
        successor: null,
      } as const
      tree.add(division)
      added.push(division)
    }
  }
  return added
}

/** Half of a county's register says which street or town a site is of. */
const SPEAKS_OF_STREETS = 0.5

async function areaOfFile(db: Db | Tx, read: readonly ReadRow[], tree: DivisionTree): Promise<string> {
  const divisions = read.map(({ code }) => code.slice(0, 6))
  const area = (await inSlices(areaOf(tree, divisions))) ?? NATION
  const parts = new Set([...new Set(divisions)].map((code) => tree.today(code)?.code))
  const [only] = parts
  if (parts.size !== 1 || only === undefined || only === area || tree.get(only)?.level !== 'district')
    return area
  const county = await inSlices((await treeOf(db, only)).withNames())
  const inStreets = await inSlices(keeping(read, ({ place }) => isStreet(county, place, only)))
  return inStreets.length >= read.length * SPEAKS_OF_STREETS ? only : area
}

const isStreet = (county: DivisionTree, place: string, of: string): boolean =>
  place !== '' && county.named(place, of)?.level === 'street'
