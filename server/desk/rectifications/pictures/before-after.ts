import { sql } from 'kysely'
import { PICTURED_RULES } from '../../../../shared/desk/alerts/alerts-rules.ts'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import type { Tx } from '../../../base/db/database.ts'
import { askPicturesOf } from '../../../monitor/pictures/ask.ts'
import { bringConcern } from '../../../monitor/pictures/concerns.ts'
import type { Place } from '../../../monitor/pictures/place.ts'

type Pictured = Pick<Rectification, 'id' | 'siteId' | 'rules'>

/** Of several, one that is to be seen on a page. */
const ruleOf = (rules: Pictured['rules']): string | null =>
  rules.find((rule) => PICTURED_RULES.some((one) => one === rule)) ?? rules[0] ?? null

bringConcern({ isKept: sql<boolean>`p.reason in ('before', 'after')` })
bringConcern({
  isKept: sql<boolean>`(p.reason = 'verdict' and exists (
    select from rectification_alert covered where covered.alert_id = p.ref))`,
})

/** Has pictures taken of what is to be mended, as it is when rectifications begin. */
export const pictureBefore = (tx: Tx, rectifications: readonly Pictured[], now: number) =>
  askPicturesOf(
    tx,
    rectifications.map(({ id, siteId, rules }) => ({
      ...{ siteId, reason: 'before' as const, rule: ruleOf(rules), ref: id },
    })),
    now,
  )

/** And of the same pages once they are closed. */
export async function pictureAfter(tx: Tx, rectifications: readonly Pictured[], now: number): Promise<void> {
  if (rectifications.length === 0) return
  const places = await placesBefore(
    tx,
    rectifications.map(({ id }) => id),
  )
  const wishes = rectifications.map(({ id, siteId, rules }) => ({
    ...{ siteId, reason: 'after' as const, rule: ruleOf(rules), ref: id, place: places.get(id) },
  }))
  await askPicturesOf(tx, wishes, now)
}

/** Where the pictures from before were taken. */
async function placesBefore(tx: Tx, ids: readonly number[]): Promise<Map<number, Place>> {
  const rows = await tx
    .selectFrom('picture')
    .select(['ref', 'url', 'mark'])
    .where('reason', '=', 'before')
    .where('ref', 'in', ids)
    .orderBy('id')
    .execute()
  return new Map(rows.flatMap(({ ref, url, mark }) => (ref === null ? [] : [[ref, { url, mark }] as const])))
}
