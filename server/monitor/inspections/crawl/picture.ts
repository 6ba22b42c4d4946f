import { sql } from 'kysely'
import { INSPECTION_RULES } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Tx } from '../../../base/db/database.ts'
import { askPictures } from '../../pictures/ask.ts'
import { bringConcern } from '../../pictures/concerns.ts'
import type { Outline } from '../rule.ts'

/** Problems of one site that are pictured at once: the newest. */
const MOST_PICTURED = 20

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

/** Has pictures taken of the problems of a site that have none: not of rules whose pictures would show what is to be hidden. */
export async function pictureProblems(tx: Tx, siteId: number, now: Date): Promise<void> {
  const pictured = INSPECTION_RULES.flatMap(({ id, picture }) => (picture ? [id] : []))
  const { rows } = await sql<{
    id: number
    rule: string
    url: string
    outline: Outline | null
    has: boolean
  }>`
    select q.id, q.rule, q.url, q.outline, exists (
      select from picture p where p.reason = 'problem' and p.ref = q.id) as has
    from inspection_problem q
    where q.site_id = ${siteId} and q.gone_at is null and q.state <> 'refused' and q.rule = any(${pictured}::text[])
    order by q.id desc limit ${MOST_PICTURED}
  `.execute(tx)
  const asks = rows
    .filter(({ has }) => !has)
    .map(({ id, rule, url, outline }) => ({
      ...{ siteId, url, reason: 'problem' as const, rule, ref: id, mark: outline },
    }))
  await askPictures(tx, asks, now.getTime())
}
