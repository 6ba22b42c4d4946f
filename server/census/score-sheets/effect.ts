import { localDay } from '../../../shared/base/time.ts'
import type { EditionEffect, SheetResult } from '../../../shared/census/score-sheets/sheets.ts'
import { SHEET_OUTCOMES, scoreSheet } from '../../../shared/census/score-sheets/sheets-rules.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Context } from '../../base/context.ts'
import { editionInForce, findEdition } from '../../register/rule-editions/in-force.ts'
import { type Day, measureSites } from './measure.ts'

/** Sites at a time: between two of them everybody else has their turn. */
const PAGE = 100
/** Sites that are named. */
const MOST_NAMED = 500

/** Those that are being reckoned: who asks meanwhile gets the same. */
const underWay = new Map<string, Promise<EditionEffect>>()

/** What would change today if an edition, a draft too, were in force. Nothing is stored. @throws Refusal not_found */
export async function editionEffect(ctx: Context, code: string): Promise<EditionEffect> {
  const after = await findEdition(ctx.db, code, { drafts: true })
  const key = JSON.stringify([code, after])
  const reckoned = underWay.get(key) ?? reckon(ctx, after).finally(() => underWay.delete(key))
  underWay.set(key, reckoned)
  return reckoned
}

async function reckon(ctx: Context, after: EditionBody): Promise<EditionEffect> {
  const before = editionInForce()
  const atMs = ctx.clock.now()
  const day = { atMs, today: localDay(atMs) }
  const outcomes = { before: none(), after: none() }
  const changed: EditionEffect['changed'] = []
  let [sites, others] = [0, 0]
  for (
    let page = await sitesAfter(ctx, 0);
    page.length > 0;
    page = await sitesAfter(ctx, page.at(-1)?.id ?? 0)
  ) {
    const ids = page.map(({ id }) => id)
    const now = await judgedBy(ctx, ids, before, day)
    const then = await judgedBy(ctx, ids, after, day)
    for (const { id, name, district } of page) {
      const [was, would] = [now.get(id), then.get(id)]
      if (!was || !would) continue
      sites += 1
      outcomes.before[was.outcome] += 1
      outcomes.after[would.outcome] += 1
      if (JSON.stringify(was) === JSON.stringify(would)) continue
      if (changed.length < MOST_NAMED) changed.push({ siteId: id, name, district, before: was, after: would })
      else others += 1
    }
  }
  return { edition: after.code, inForce: before.code, sites, outcomes, changed, others }
}

const none = () =>
  Object.fromEntries(SHEET_OUTCOMES.map((outcome) => [outcome, 0])) as EditionEffect['outcomes']['before']

const sitesAfter = ({ db }: Context, id: number) =>
  db
    .selectFrom('site')
    .select(['id', 'name', 'district'])
    .where('id', '>', id)
    .orderBy('id')
    .limit(PAGE)
    .execute()

type Judged = EditionEffect['changed'][number]['before']

async function judgedBy(
  { db }: Context,
  ids: readonly number[],
  edition: EditionBody,
  day: Day,
): Promise<Map<number, Judged>> {
  const measured = await measureSites(db, ids, edition, day)
  return new Map([...measured].map(([id, of]) => [id, judgedOf(scoreSheet(edition, of))]))
}

const judgedOf = ({ outcome, points, vetoes }: SheetResult): Judged => ({ outcome, points, vetoes })
