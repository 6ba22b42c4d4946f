import type { Db, Tx } from '../../../base/db/database.ts'
import { inSlices, type Steps } from '../../../base/slices.ts'
import type { ReadRow } from '../file/parse.ts'
import type { Comparison } from './compare.ts'
import type { PlacedRow, RegisterRow, RowOfSite } from './place.ts'

/** Columns that a register may be without, and that say something of a site by themselves. */
const OPTIONAL = ['platform', 'interval', 'district', 'level'] as const

interface Placing {
  /** Whose register it was until now. */
  readonly area: string
  /** Places rows once more, with what the register has of their sites. */
  place(rows: readonly RowOfSite[]): Promise<readonly PlacedRow[]>
}

/**
 * A file without a column empties nothing of it: sites that the register has, under another code too, keep their platform
 * and their interval, and a district and level that did not follow by themselves (`place.ts`). A cell that says nothing
 * in a column that is there is another matter.
 */
export async function keepUnsaid(
  db: Db | Tx,
  compared: Pick<Comparison, 'rows' | 'recoded'>,
  read: readonly ReadRow[],
  { area, place }: Placing,
): Promise<readonly PlacedRow[]> {
  const { rows } = compared
  if (!read.some(({ lacks }) => OPTIONAL.some((column) => lacks.includes(column)))) return rows
  const sites = await storedSites(db)
  if (sites.length === 0) return rows
  const { kept, others } = await inSlices(withStored(compared, read, sites))
  if (others.length === 0) return kept
  const again = await place(others.map(({ row, site }) => ({ ...row, stored: { ...site, area } })))
  const placed = new Map(again.map((row) => [row.code, row]))
  return kept.map((row) => placed.get(row.code) ?? row)
}

/** What a file may be silent about. */
type Stored = Pick<RegisterRow, 'code' | 'name' | 'unit' | 'platform' | 'intervalS' | 'division' | 'level'>

interface Kept {
  readonly kept: PlacedRow[]
  /** Those that the register has elsewhere, or as of another level, than their rows were placed without it. */
  readonly others: { readonly row: ReadRow; readonly site: Stored }[]
}

function* withStored(
  { rows, recoded }: Pick<Comparison, 'rows' | 'recoded'>,
  read: readonly ReadRow[],
  sites: readonly Stored[],
): Steps<Kept> {
  const known = yield* byCode(sites)
  const inFile = yield* byCode(read)
  const was = new Map(recoded.map(({ from, to }) => [to, from]))
  const kept: PlacedRow[] = []
  const others: Kept['others'] = []
  for (const row of rows) {
    yield
    const site = known.get(was.get(row.code) ?? row.code)
    const said = inFile.get(row.code)
    if (!site || !said) {
      kept.push(row)
      continue
    }
    const { lacks } = said
    const own = {
      platform: lacks.includes('platform') ? site.platform : row.platform,
      intervalS: lacks.includes('interval') ? site.intervalS : row.intervalS,
    }
    kept.push({ ...row, ...own })
    const isElsewhere = lacks.includes('district') && site.division !== row.division
    const isOfOtherLevel = lacks.includes('level') && site.level !== row.level
    if (isElsewhere || isOfOtherLevel) others.push({ row: { ...said, ...own }, site })
  }
  return { kept, others }
}

function* byCode<T extends { readonly code: string }>(items: readonly T[]): Steps<Map<string, T>> {
  const found = new Map<string, T>()
  for (const item of items) {
    found.set(item.code, item)
    yield
  }
  return found
}

const storedSites = (db: Db | Tx): Promise<Stored[]> =>
  db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .where('site.demo', '=', false)
    .select(['site.code', 'site.name', 'unit.name as unit', 'site.level'])
    .select(['site.platform', 'site.interval_s as intervalS'])
    .select((eb) => eb.fn.coalesce('site.division', 'site.district').as('division'))
    .execute()
