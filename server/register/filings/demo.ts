import { sql } from 'kysely'
import { addDays, DAY, localDay } from '../../../shared/base/time.ts'
import {
  type FilingAsk,
  type FilingState,
  isGoing,
  NOTICE_DAYS,
} from '../../../shared/register/filings/filings-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { addDocuments } from './files/demo.ts'
import { addNotices, type NoticeMade } from './notices/demo.ts'

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
  /** What the monitor has seen of the notice of a site that goes, if it has. */
  readonly notice?: NoticeMade
  /** Of the site of the one before it; of one that the monitor cannot read. */
  readonly site?: 'same' | 'unread'
}

/** What was filed of late in the demo; of three the notice is to be up, and is, is not, or cannot be seen. */
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
    notice: 'seen',
  },
  {
    ...{ ask: 'paused', filedAgo: 6, from: 3, to: 17, state: 'returned', note: '请补充恢复上线的安排' },
    reason: '服务器更换',
  },
  { ask: 'closed', filedAgo: 3, from: 7, reason: '街道不再单独建站，内容并入区门户', state: 'filed' },
  { ask: 'paused', filedAgo: 1, from: 2, to: 9, reason: '等级保护整改', state: 'filed' },
  {
    ...{ ask: 'closed', filedAgo: 80, from: -76, state: 'approved', isOver: true, notice: 'short' },
    reason: '职能划转',
  },
  {
    ...{ ask: 'normal', filedAgo: 40, from: -40, state: 'approved', isOver: true, site: 'same' },
    reason: '公告未满 30 天，恢复后补足公告期',
  },
  {
    ...{ ask: 'closed', filedAgo: 19, from: -16, state: 'approved', notice: 'missing' },
    reason: '内容并入区门户',
  },
  { ask: 'closed', filedAgo: 9, from: -7, reason: '机构撤销', state: 'approved', site: 'unread' },
]

/** Filings of half a year in the demo; once. */
export async function seedFilings({ db, clock }: Context): Promise<void> {
  if (await db.selectFrom('filing').select('id').limit(1).executeTakeFirst()) return
  const people = await db
    .selectFrom('user_account')
    .select(['id', 'username', 'name'])
    .where('demo', '=', true)
    .where('username', 'in', ['duty', 'tianhe'])
    .execute()
  const [duty, filer] = ['duty', 'tianhe'].map((name) => people.find(({ username }) => username === name))
  if (!duty || !filer) return
  const sites = await sitesFor(db)
  const now = clock.now()
  const rows = MADE.flatMap((made, n) => {
    const site = sites[n]
    return site ? { made, site, row: rowOf(made, site.id, { duty: duty.id, filer: filer.id, now }) } : []
  })
  if (rows.length === 0) return
  const filed = await db
    .insertInto('filing')
    .values(rows.map(({ row }) => row))
    .returning(['id', 'reason', 'from_on', 'to_on', 'filed_by', 'filed_at'])
    .execute()
  const known = filed.flatMap(({ from_on: day, to_on: to, ...one }, n) => {
    const { made, site } = rows[n] ?? {}
    return made && site ? { ...one, day, to: to ?? addDays(day, NOTICE_DAYS), site: site.name, made } : []
  })
  await db.transaction().execute(async (tx) => {
    await addDocuments(
      tx,
      known.filter((_, at) => at % 2 === 0),
    )
    const noticed = known.flatMap(({ made: { notice, target }, ...one }) =>
      notice ? { ...one, notice, target: target ?? null } : [],
    )
    await addNotices(tx, noticed, now)
  })
  for (const { made, row } of rows) {
    if (isGoing(made.ask) && row.state === 'approved' && !made.isOver) await markClosing(db, row, duty)
  }
}

/** The last sites of one district, as far as each is of its own; of all, one whose page a script draws. */
async function sitesFor(db: Db): Promise<({ id: number; name: string } | undefined)[]> {
  const last = await db
    .selectFrom('site')
    .select(['id', 'name'])
    .where('demo', '=', true)
    .where('district', '=', '440106')
    .orderBy('id', 'desc')
    .limit(MADE.length)
    .execute()
  const unread = await db
    .selectFrom('site')
    .innerJoin('site_state as state', 'state.site_id', 'site.id')
    .select(['site.id', 'site.name'])
    .where('site.demo', '=', true)
    .where('state.availability', '=', 'up')
    .where('state.v2', '=', 'insufficient')
    .where('site.lifecycle', '=', 'normal')
    .where('site.id', 'not in', [0, ...last.map(({ id }) => id)])
    .orderBy('site.id')
    .limit(1)
    .executeTakeFirst()
  let taken = 0
  return MADE.map(({ site }) => {
    if (site === 'unread') return unread
    if (site !== 'same') taken++
    return last[taken - 1]
  })
}

function rowOf(
  made: Made,
  siteId: number,
  { duty, filer, now }: { duty: number; filer: number; now: number },
) {
  const today = localDay(now)
  const filedAt = new Date(now - made.filedAgo * DAY)
  const [from, to] = [addDays(today, made.from), made.to === undefined ? null : addDays(today, made.to)]
  const isDecided = made.state !== 'filed'
  const hasBegun = made.isOver || (isGoing(made.ask) && made.state === 'approved')
  const last = isGoing(made.ask) ? made.from + NOTICE_DAYS : (made.to ?? made.from - 1)
  return {
    ...{ site_id: siteId, ask: made.ask, from_on: from, to_on: to, target: made.target ?? null },
    ...{ reason: made.reason, state: made.state, filed_by: filer, filed_at: filedAt },
    note: made.note ?? null,
    decided_by: isDecided ? (made.state === 'withdrawn' ? filer : duty) : null,
    decided_at: isDecided ? new Date(+filedAt + DAY / 2) : null,
    begun_at: hasBegun ? new Date(now + made.from * DAY) : null,
    ended_at: made.isOver ? new Date(now + (last + 1) * DAY) : null,
  }
}

/** As it would have been when that day came. */
async function markClosing(
  db: Db,
  { site_id, from_on, reason, begun_at: at }: ReturnType<typeof rowOf>,
  { id, name }: { id: number; name: string },
): Promise<void> {
  if (at === null) return
  const until = addDays(from_on, NOTICE_DAYS)
  const { version } = await db
    .updateTable('site')
    .set({ lifecycle: 'closing', lifecycle_until: until, version: sql<number>`version + 1` })
    .where('id', '=', site_id)
    .returning('version')
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
