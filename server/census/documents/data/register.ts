import { createHash } from 'node:crypto'
import { localDay } from '../../../../shared/base/time.ts'
import type { Value } from '../../../../shared/census/documents/documents.ts'
import { col, type Made, type Making, Parts } from './made.ts'
import { exclusionOf, type ListedSite, sitesOf } from './sites.ts'

/** Rows of one piece. */
export const ROWS_OF_PART = 500
const COLUMNS = [
  ...[col('code'), col('site'), col('url'), col('level', 'level'), col('district', 'district'), col('unit')],
  col('lifecycle', 'lifecycle'),
]

/** Keeps a piece of the rows, the first being 0. */
export type KeepPart = (part: number, rows: Value[][], done: number) => Promise<void>

/**
 * 台账摘录: every site of a place with what it is called, whose it is and whether it counts. Its rows are kept piece by piece
 * as they are read, so that those of a nation fill no memory; what stands in the data is the first of them.
 */
export async function registerOf({ ctx, db, asked }: Making, keep: KeepPart): Promise<Made> {
  const today = localDay(ctx.clock.now())
  const hash = createHash('sha256')
  const excluded = new Map<NonNullable<ReturnType<typeof exclusionOf>>, number>()
  const levels = new Map<string, number>()
  let [total, part] = [0, 0]
  let first: Value[][] = []
  for (let after = ''; ; part += 1) {
    const sites = await sitesOf(db, asked.district ?? null, { code: after, limit: ROWS_OF_PART })
    if (sites.length === 0) break
    const rows = sites.map(rowOf)
    for (const site of sites) {
      const reason = exclusionOf(site)
      if (reason) excluded.set(reason, (excluded.get(reason) ?? 0) + 1)
      levels.set(site.level, (levels.get(site.level) ?? 0) + 1)
    }
    hash.update(JSON.stringify(rows))
    if (part === 0) first = rows
    total += rows.length
    await keep(part, rows, total)
    after = sites.at(-1)?.code ?? ''
    if (sites.length < ROWS_OF_PART) break
  }
  const out = [...excluded.values()].reduce((sum, n) => sum + n, 0)
  const parts = new Parts()
    .section('overview')
    .count({ listed: total, counted: total - out, notCounted: out })
  parts.table('levels', [col('level', 'level'), col('total', 'number')], [...levels].sort())
  parts.section('sites').table('sites', COLUMNS, first)
  parts.tables.sites = { columns: [...COLUMNS], rows: first, total, hash: hash.digest('hex') }
  return {
    ...{ window: { from: today, to: today }, edition: null, denominator: total - out, unmeasured: 0, parts },
    excluded: [...excluded].map(([reason, n]) => ({ reason, n })),
  }
}

const rowOf = ({ code, name, url, level, district, unit, lifecycle }: ListedSite): Value[] => [
  ...[code, name, url, level, district, unit, lifecycle],
]
