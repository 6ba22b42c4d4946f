import { sql } from 'kysely'
import { addDays, DAY, localDay } from '../../../shared/base/time.ts'
import {
  type FilingAsk,
  type FilingState,
  NOTICE_DAYS,
} from '../../../shared/register/filings/filings-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { addDocuments } from './files/demo.ts'

interface Made {
  readonly ask: FilingAsk
  readonly filedAgo: number
  /** Days from today. */
  readonly from: number
  readonly to?: number
  readonly target?: string
  readonly reason: string
  readonly state: FilingState
  readonly note?: string
  readonly isOver?: boolean
}

/** What was filed of late in the demo; one has its notice up. */
const MADE: readonly Made[] = [
  { ask: 'paused', filedAgo: 150, from: -146, to: -132, reason: '机房改造', state: 'approved', isOver: true },
  {
    ask: 'exempt',
    filedAgo: 120,
    from: -118,
    reason: '仅供内部办公',
    state: 'refused',
    note: '可公开访问，不属例外',
  },
  { ask: 'paused', filedAgo: 75, from: -70, to: -60, reason: '系统升级', state: 'approved', isOver: true },
  { ask: 'closed', filedAgo: 40, from: -38, reason: '机构撤并', state: 'withdrawn', note: '改为迁移' },
  {
    ...{ ask: 'moved', filedAgo: 12, from: -6, target: '广州市政府网站集约化平台', state: 'approved' },
    reason: '按集约化要求迁入市平台',
    note: '请按期发布公告',
  },
  {
    ...{ ask: 'paused', filedAgo: 6, from: 3, to: 17, state: 'returned', note: '请补充恢复上线的安排' },
    reason: '服务器更换',
  },
  { ask: 'closed', filedAgo: 3, from: 7, reason: '街道不再单独建站，内容并入区门户', state: 'filed' },
  { ask: 'paused', filedAgo: 1, from: 2, to: 9, reason: '等级保护整改', state: 'filed' },
]

/** Filings of half a year in the demo; once. */
export async function seedFilings({ db, clock }: Context): Promise<void> {
  if (await db.selectFrom('filing').select('id').limit(1).executeTakeFirst()) return
  const people = await db
    .selectFrom('user_account')
    .select(['id', 'username'])
    .where('demo', '=', true)
    .where('username', 'in', ['duty', 'tianhe'])
    .execute()
  const idOf = (name: string) => people.find(({ username }) => username === name)?.id
  const [duty, filer] = [idOf('duty'), idOf('tianhe')]
  if (duty === undefined || filer === undefined) return
  const sites = await db
    .selectFrom('site')
    .select(['id', 'name'])
    .where('demo', '=', true)
    .where('district', '=', '440106')
    .orderBy('id', 'desc')
    .limit(MADE.length)
    .execute()
  const now = clock.now()
  const today = localDay(now)
  const rows = MADE.flatMap((made, n) => {
    const site = sites[n]
    if (!site) return []
    const filedAt = new Date(now - made.filedAgo * DAY)
    const [from, to] = [addDays(today, made.from), made.to === undefined ? null : addDays(today, made.to)]
    const isDecided = made.state !== 'filed'
    const decider = made.state === 'withdrawn' ? filer : duty
    return {
      ...{ site_id: site.id, ask: made.ask, from_on: from, to_on: to, target: made.target ?? null },
      ...{
        reason: made.reason,
        state: made.state,
        filed_by: filer,
        filed_at: filedAt,
        note: made.note ?? null,
      },
      ...{
        decided_by: isDecided ? decider : null,
        decided_at: isDecided ? new Date(+filedAt + DAY / 2) : null,
      },
      begun_at: made.isOver ? new Date(now + made.from * DAY) : null,
      ended_at: made.isOver ? new Date(now + ((made.to ?? 0) + 1) * DAY) : null,
    }
  })
  if (rows.length === 0) return
  const filed = await db
    .insertInto('filing')
    .values(rows)
    .returning(['id', 'site_id', 'reason', 'from_on', 'filed_by', 'filed_at'])
    .execute()
  const named = filed.map(({ site_id, from_on: day, ...one }) => ({
    ...{ ...one, day, site: sites.find(({ id }) => id === site_id)?.name ?? '' },
  }))
  await db.transaction().execute((tx) =>
    addDocuments(
      tx,
      named.filter((_, at) => at % 2 === 0),
    ),
  )
  const going = rows.find(({ ask, state }) => ask === 'moved' && state === 'approved')
  if (going) await markClosing(db, going, { id: duty, at: new Date(now - 6 * DAY) })
}

/** As it would have been when that day came. */
async function markClosing(
  db: Db,
  { site_id, from_on, reason }: { site_id: number; from_on: string; reason: string },
  { id, at }: { id: number; at: Date },
): Promise<void> {
  const until = addDays(from_on, NOTICE_DAYS)
  await db
    .updateTable('filing')
    .set({ begun_at: at })
    .where('site_id', '=', site_id)
    .where('state', '=', 'approved')
    .execute()
  const { version } = await db
    .updateTable('site')
    .set({ lifecycle: 'closing', lifecycle_until: until, version: sql<number>`version + 1` })
    .where('id', '=', site_id)
    .returning('version')
    .executeTakeFirstOrThrow()
  const { name } = await db
    .selectFrom('user_account')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('site_change')
    .values({
      ...{ site_id, version, at, actor_id: id, actor_name: name, via: 'filing', batch: null, reason },
      before: JSON.stringify({ lifecycle: 'normal', lifecycleUntil: null }),
      after: JSON.stringify({ lifecycle: 'closing', lifecycleUntil: until }),
    })
    .execute()
}
