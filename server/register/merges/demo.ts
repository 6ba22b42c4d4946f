import { DAY } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { note } from './note.ts'

const DAYS_AGO = 96
const REASON = '专题栏目改为独立网站，单独登记'

/** A site of the demo that was made of another of the same unit; once. */
export async function seedMerges({ db, clock }: Context): Promise<void> {
  const known = await db.selectFrom('site_split').select('site_id').limit(1).executeTakeFirst()
  const clerk = await db
    .selectFrom('user_account')
    .select(['id', 'name'])
    .where('username', '=', 'duty')
    .where('demo', '=', true)
    .executeTakeFirst()
  if (known || !clerk) return
  const pair = await db
    .selectFrom('site as origin')
    .innerJoin('site as made', (join) =>
      join.onRef('made.unit_id', '=', 'origin.unit_id').onRef('made.id', '>', 'origin.id'),
    )
    .select(['origin.id as origin', 'origin.code as from', 'made.id as made', 'made.code as into'])
    .where('origin.demo', '=', true)
    .where('origin.version', '=', 1)
    .where('made.version', '=', 1)
    .orderBy('origin.id')
    .orderBy('made.id')
    .limit(1)
    .executeTakeFirst()
  if (!pair) return
  const at = new Date(clock.now() - DAYS_AGO * DAY)
  await db.transaction().execute(async (tx) => {
    const noted = { at, actor: clerk, via: 'split', batch: 'split-demo', reason: REASON } as const
    await note(tx, pair.made, { before: { splitFrom: null }, after: { splitFrom: pair.from } }, noted)
    await note(tx, pair.origin, { before: { splitInto: null }, after: { splitInto: pair.into } }, noted)
    await tx
      .insertInto('site_split')
      .values({ site_id: pair.made, from_id: pair.origin, at, actor_name: clerk.name, reason: REASON })
      .execute()
  })
}
