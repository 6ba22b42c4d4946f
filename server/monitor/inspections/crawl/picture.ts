import { sql } from 'kysely'
import { INSPECTION_RULES, MACHINE } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Tx } from '../../../base/db/database.ts'
import { askPictures } from '../../pictures/ask.ts'
import { bringConcern } from '../../pictures/concerns.ts'
import type { Outline } from '../rule.ts'

bringConcern({
  of: 'problem',
  isKept: sql<boolean>`(p.reason = 'problem' and exists (select from inspection_problem q
    where q.id = p.ref and q.gone_at is null and q.state <> 'refused'))`,
  // Owners of a site are shown what a person stands for.
  isSeen: ({ scope }) =>
    scope.kind === 'unit'
      ? sql<boolean>`exists (select from inspection_problem q where q.id = p.ref and q.state = 'confirmed')`
      : sql<boolean>`true`,
})

/**
 * Has pictures taken of the newest problems of a site that have none and were not asked for lately, a few after each look: not of
 * rules whose pictures would show what is to be hidden.
 */
export async function pictureProblems(tx: Tx, siteId: number, now: Date): Promise<void> {
  const pictured = INSPECTION_RULES.flatMap(({ id, picture, pictures }) =>
    picture ? [{ rule: id, pictures }] : [],
  )
  const { rows } = await sql<{ id: number; rule: string; url: string; outline: Outline | null }>`
    select q.id, q.rule, q.url, q.outline
    from (
      select one.*, row_number() over (partition by one.rule order by one.id desc) as nth from inspection_problem one
      where one.site_id = ${siteId} and one.gone_at is null and one.state <> 'refused'
    ) q join jsonb_to_recordset(${JSON.stringify(pictured)}::jsonb) as r(rule text, pictures int) on r.rule = q.rule
    where q.nth <= r.pictures
      and not exists (select from picture p where p.reason = 'problem' and p.ref = q.id)
      and not exists (select from render_order o where o.site_id = q.site_id and o.purpose = 'picture'
        and o.ref = concat_ws('|', 'problem', q.rule, q.id))
    order by q.id desc limit ${MACHINE.crawl.pictures}
  `.execute(tx)
  const asks = rows.map(({ id, rule, url, outline }) => ({
    ...{ siteId, url, reason: 'problem' as const, rule, ref: id, mark: outline },
  }))
  await askPictures(tx, asks, now.getTime())
}
