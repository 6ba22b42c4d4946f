import { sql } from 'kysely'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { Counted } from '../../../shared/census/score-sheets/sheets-rules.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import type { Db } from '../../base/db/database.ts'
import '../../monitor/inspections/tables.ts'

/** A look of longer ago says nothing of the day. */
const FRESH_MS = 14 * DAY
const RULES = ['page-guide', 'page-surveys', 'page-interviews']

/** What a rule of the machine said of a site, with the problems that nobody has refused. */
export interface Inspected {
  readonly rule: string
  readonly outcome: 'found' | 'clear'
  /** Guides were seen, so that none with a fault means something. */
  readonly hasGuides: boolean
  /** It found something that a person has refused: that there are enough is not said with it. */
  readonly isRefused: boolean
  readonly problems: readonly {
    readonly url: string
    readonly kind: string | null
    readonly count: number | null
    readonly missing: string | null
  }[]
}

/**
 * What inspections count for the census, where they are sure: classes that guides lack (S8a), surveys (S6), interviews (S7). That a
 * column is nowhere to be seen, or did not open that night, is for a person to say, and so is, of interviews, that there are enough:
 * having none costs nothing.
 */
export function countsInspected(seen: readonly Inspected[], isPortal: boolean): Record<string, Counted> {
  const of = (rule: string) => seen.find((one) => one.rule === rule)
  const counts: Record<string, Counted | null> = {
    S6: activities(of('page-surveys'), isPortal, true),
    S7: activities(of('page-interviews'), isPortal, false),
    S8a: guides(of('page-guide')),
  }
  return Object.fromEntries(Object.entries(counts).flatMap(([rule, one]) => (one ? [[rule, one]] : [])))
}

const machine = (count: number, proof: readonly string[]): Counted => ({
  by: 'machine',
  count,
  proof,
  targets: proof,
})

function activities(seen: Inspected | undefined, isPortal: boolean, isEnoughSaid: boolean): Counted | null {
  if (!seen) return null
  if (seen.outcome === 'found') {
    const [first] = seen.problems
    const isCounted = first && first.kind !== 'absent' && first.kind !== 'broken'
    return isCounted && first.count !== null ? machine(first.count, [first.url]) : null
  }
  if (seen.isRefused) return null
  // At least as many as have to be: more are not counted.
  const enough = inspectionRule(seen.rule)?.limits[isPortal ? 'portal' : 'others']
  return isEnoughSaid && typeof enough === 'number' ? machine(enough, []) : null
}

function guides(seen: Inspected | undefined): Counted | null {
  if (!seen || (seen.outcome === 'clear' && !seen.hasGuides)) return null
  const classes = seen.problems.map(({ url, missing }) => ({
    target: url,
    missing: missing?.split(',') ?? [],
  }))
  const all = new Set(classes.flatMap(({ missing }) => missing))
  const pages = classes.map(({ target }) => target)
  return { ...machine(all.size, pages), classes }
}

/** Patterns of the titles of guides. */
function guideTitles(): string[] {
  const words = inspectionRule('page-guide')?.limits.guide
  return Array.isArray(words) ? words.map((word) => `%${word}%`) : []
}

/** By site, what inspections of late said that counts for the census. */
export async function inspectedOf(
  db: Db,
  siteIds: readonly number[],
  atMs: number,
): Promise<Map<number, Inspected[]>> {
  const { rows } = await sql<Inspected & { readonly site_id: number }>`
    select said.site_id, said.rule, said.outcome,
      said.rule = 'page-guide' and exists (
        select 1 from inspection_page page where page.site_id = said.site_id and page.title like any(${guideTitles()}::text[])) as "hasGuides",
      exists (
        select 1 from inspection_problem one where one.site_id = said.site_id and one.rule = said.rule
          and one.gone_at is null and one.state = 'refused') as "isRefused",
      coalesce((
        select jsonb_agg(jsonb_build_object('url', one.url, 'kind', one.detail ->> 'kind', 'count', (one.detail ->> 'count')::int,
          'missing', one.detail ->> 'missing') order by one.id)
        from inspection_problem one
        where one.site_id = said.site_id and one.rule = said.rule and one.gone_at is null and one.state <> 'refused'
      ), '[]') as problems
    from inspection said
    where said.site_id = any(${siteIds}::int[]) and said.rule = any(${RULES}::text[]) and said.outcome <> 'unmeasured'
      and said.at > ${new Date(atMs - FRESH_MS)} and said.at <= ${new Date(atMs)}
  `.execute(db)
  return groupBy(
    rows,
    ({ site_id }) => site_id,
    ({ site_id, ...seen }) => seen,
  )
}
