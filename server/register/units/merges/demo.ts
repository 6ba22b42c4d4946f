import { DAY, localDay } from '../../../../shared/base/time.ts'
import type { Context } from '../../../base/context.ts'
import type { MovedOfUnit } from './tables.ts'

const DAYS_AGO = 75
const REASON = '机构改革，职能并入'
/** What an office was called before it became another; by the ends of the names of units that there are. */
const BEFORE: readonly (readonly [end: string, was: string])[] = [
  ['文化广电新闻出版局', '文物管理所'],
  ['图书馆', '少年儿童图书馆'],
  ['局', '服务中心'],
]
const NOTHING: MovedOfUnit = { sites: [], accounts: [], rectifications: [] }

/** An office of the demo that became another's in a reform; once. */
export async function seedUnitMerges({ db, clock }: Context): Promise<void> {
  const known = await db.selectFrom('unit_merge').select('id').limit(1).executeTakeFirst()
  const clerk = await db
    .selectFrom('user_account')
    .select(['id', 'name'])
    .where('username', '=', 'duty')
    .where('demo', '=', true)
    .executeTakeFirst()
  if (known || !clerk) return
  const units = await db
    .selectFrom('unit')
    .select(['id', 'name', 'district'])
    .where('district', '=', '440106')
    .orderBy('id')
    .execute()
  const at = new Date(clock.now() - DAYS_AGO * DAY)
  for (const [end, was] of BEFORE) {
    const into = units.find(({ name }) => name.endsWith(end))
    if (!into) continue
    const retired = { merged_into: into.id, retired_on: localDay(at.getTime()) }
    const { id } = await db
      .insertInto('unit')
      .values({ name: into.name.replace(end, was), district: into.district, ...retired })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('unit_merge')
      .values({
        ...{ unit_id: id, into_id: into.id, at, actor_id: clerk.id, actor_name: clerk.name, reason: REASON },
        ...{ moved: JSON.stringify(NOTHING), undone_at: null, undone_by: null },
      })
      .execute()
    return
  }
}
