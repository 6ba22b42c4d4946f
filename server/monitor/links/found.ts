import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { localDay } from '../../../shared/base/time.ts'
import {
  type BrokenLinks,
  brokenOf,
  type LINK_RULES,
  type LinkKind,
  type LinkRule,
  linkRule,
  linksSeverity,
} from '../../../shared/monitor/links/links.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { shownAddress, shownText } from '../persons/address.ts'
import { rulesInForce } from '../verdicts/in-force.ts'

declare module '../../base/context.ts' {
  interface After {
    /** A scan of the site has found these broken links in all. @returns the facts; the caller appends them. */
    linksFound(tx: Tx, siteId: number, found: BrokenLinks, now: number): Promise<NewFact[]>
  }
}

/** Broken links that an alert names. */
const NAMED = 3
/** The dearest first. */
const DEAREST: readonly LinkRule[] = ['S10', 'S9b', 'S2a', 'S2b']

/**
 * The broken links of a scan that are certain, without persons that their addresses name. The home page itself is V1's business.
 * @param now epoch ms.
 */
export async function brokenLinksOf(db: Db, scanId: number, now: number): Promise<BrokenLinks> {
  const { rows } = await sql<{ kind: LinkKind; onHome: boolean; n: number; some: BrokenLinks['some'] }>`
    select kind, on_home as "onHome", count(*)::int as n, jsonb_path_query_array(
      jsonb_agg(jsonb_build_object('url', url, 'text', found_text) order by id), ${`$[0 to ${NAMED - 1}]`}::jsonpath) as some
    from link_target where scan_id = ${scanId} and state = 'confirmed' and depth > 0
    group by kind, on_home
  `.execute(db)
  const groups = rows.map((row) => ({ ...row, rule: linkRule(row.kind, row.onHome) }))
  const counts = { S2a: 0, S2b: 0, S9b: 0, S10: 0 } satisfies Record<(typeof LINK_RULES)[number], number>
  for (const { rule, n } of groups) counts[rule] += n
  const some = DEAREST.flatMap((rule) => groups.filter((one) => one.rule === rule).flatMap((one) => one.some))
  const today = localDay(now)
  const shown = some.slice(0, NAMED).map(({ url, text }) => ({
    url: shownAddress(url, today),
    text: shownText(text, today),
  }))
  return { ...brokenOf(counts, rulesInForce()), some: shown }
}

/** They ask for no alert. */
export const isHarmless = (found: BrokenLinks): boolean => linksSeverity(found, rulesInForce()) === null

/**
 * Brings the site's alert to what a scan found in all, and stores that where it is settled. A scan that could not even read the home
 * page says nothing; under filed downtime there are no alerts.
 * @param now epoch ms.
 * @param isSettled all that was broken has been seen; else what could not be seen is counted as it was, and nothing ends for it: where even
 *   so they ask for no alert, that is settled, too.
 * @returns the facts; the caller appends them.
 */
export async function storeFound(
  ctx: Pick<Context, 'after'>,
  tx: Tx,
  scan: { id: number; siteId: number },
  now: number,
  isSettled: boolean,
): Promise<NewFact[]> {
  const { pages } = await tx
    .selectFrom('link_scan')
    .select('pages')
    .where('id', '=', scan.id)
    .executeTakeFirstOrThrow()
  if (pages === 0) return []
  const found = await brokenLinksOf(tx, scan.id, now)
  if (isSettled || isHarmless(found)) {
    await tx
      .updateTable('link_scan')
      .set({ found: JSON.stringify(found) })
      .where('id', '=', scan.id)
      .execute()
  }
  const { availability } = await tx
    .selectFrom('site_state')
    .select('availability')
    .where('site_id', '=', scan.siteId)
    .executeTakeFirstOrThrow()
  if (availability === 'paused') return []
  return ctx.after.linksFound(tx, scan.siteId, found, now)
}
