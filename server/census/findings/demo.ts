import { DAY, HOUR } from '../../../shared/base/time.ts'
import { needsSecond } from '../../../shared/census/findings/findings-rules.ts'
import type { Context } from '../../base/context.ts'
import { demoPicture, demoPictureOfFinding } from '../../monitor/pictures/demo-pictures.ts'
import { keepPictures } from '../../monitor/pictures/keep.ts'
import { keepContent } from '../../people/files/keep.ts'
import { editionInForce } from '../../register/rule-editions/in-force.ts'

interface Made {
  readonly rule: string
  readonly count: number | null
  readonly note: string
  /** Below the site's own address; none: of the whole site. */
  readonly path?: string
  readonly daysAgo: number
  readonly state?: 'proposed' | 'dismissed' | 'mended'
  readonly ended?: string
}

/** What the reviewers of the demo have found in half a year, one after the other on sites of the register. */
const MADE: readonly Made[] = [
  { rule: 'S8b', count: 2, note: '办事指南的联系电话为空号，办公地址未更新', path: 'bszn/', daysAgo: 163 },
  { rule: 'S6', count: 2, note: '一年内开展征集调查 2 次', daysAgo: 151 },
  {
    rule: 'S4d',
    count: 1,
    note: '领导信息未更新：已离任的副主任仍在列',
    path: 'ldzc/',
    daysAgo: 140,
    state: 'mended',
    ended: '已更新',
  },
  { rule: 'S9a', count: 3, note: '三项事项只有说明，没有可下载的申请表', path: 'bszn/bgxz/', daysAgo: 122 },
  { rule: 'S7', count: 1, note: '一年内在线访谈 1 次', daysAgo: 108 },
  {
    rule: 'S8a',
    count: 1,
    note: '办理流程一项缺少办理时限',
    path: 'bszn/lc/',
    daysAgo: 96,
    state: 'mended',
    ended: '已补充',
  },
  { rule: 'S5a', count: null, note: '首页和互动栏目均未开设政务咨询', daysAgo: 83 },
  { rule: 'S4d', count: 2, note: '机构职能与三定方案不一致', path: 'jgzn/', daysAgo: 61 },
  {
    rule: 'S9b',
    count: 1,
    note: '申请表下载为空文件',
    path: 'fj/sqb.doc',
    daysAgo: 44,
    state: 'dismissed',
    ended: '复查可正常下载',
  },
  { rule: 'V5', count: 1, note: '五月收到的信件至今未答复', path: 'hdjl/', daysAgo: 27 },
  { rule: 'S8b', count: 1, note: '收费标准引用已废止的文件', path: 'bszn/sf/', daysAgo: 12 },
  { rule: 'V4', count: 1, note: '转载新闻中出现严重错别字', path: 'xw/', daysAgo: 3, state: 'proposed' },
  {
    rule: 'V5',
    count: 2,
    note: '两封投诉信超过三个月没有公开答复',
    path: 'hdjl/tsxx/',
    daysAgo: 1,
    state: 'proposed',
  },
]

/** Findings of half a year in the demo: recorded by the vendor and the working group, confirmed by each other. */
export async function seedFindings(ctx: Context): Promise<void> {
  const { db } = ctx
  if (await db.selectFrom('census_finding').select('id').limit(1).executeTakeFirst()) return
  const people = await db
    .selectFrom('user_account')
    .select(['id', 'username'])
    .where('demo', '=', true)
    .where('username', 'in', ['duty', 'vendor'])
    .execute()
  const idOf = (name: string) => people.find(({ username }) => username === name)?.id
  const [duty, vendor] = [idOf('duty'), idOf('vendor')]
  if (duty === undefined || vendor === undefined) return
  const sites = await db
    .selectFrom('site')
    .select(['id', 'url'])
    .where('demo', '=', true)
    .orderBy('id')
    .limit(MADE.length * 7)
    .execute()
  const edition = editionInForce()
  const now = ctx.clock.now()
  const rows = MADE.flatMap((made, at) => {
    const [rule, site] = [edition.rules.find(({ id }) => id === made.rule), sites[at * 7]]
    if (!rule?.number || !site) return []
    const isSecond = needsSecond(rule, made.count, edition) && made.state !== 'proposed'
    const recordedMs = now - made.daysAgo * DAY
    const confirmedAt = new Date(recordedMs + 5 * HOUR)
    return {
      ...{ site_id: site.id, edition: edition.code, rule: rule.id, kind: rule.number, serial: 1 },
      ...{ target: made.path ? new URL(made.path, site.url).href : null, count: made.count, note: made.note },
      ...{ proof: [], state: made.state ?? ('confirmed' as const) },
      ...{ recorded_by: vendor, recorded_at: new Date(recordedMs) },
      ...{
        confirmed_by: isSecond ? duty : null,
        confirmed_at: isSecond ? confirmedAt : null,
        confirmed_note: null,
      },
      ...{ ended_by: made.ended ? duty : null, ended_at: made.ended ? new Date(recordedMs + 6 * DAY) : null },
      ended_note: made.ended ?? null,
    }
  })
  if (rows.length === 0) return
  const made = await db
    .insertInto('census_finding')
    .values(rows)
    .returning(['id', 'site_id', 'rule', 'target', 'recorded_by', 'recorded_at'])
    .execute()
  await db.transaction().execute(async (tx) => {
    const shown = new Map<number, Awaited<ReturnType<typeof demoPicture>>>()
    for (const { id, rule } of made) shown.set(id, await demoPicture(demoPictureOfFinding(rule)))
    const pictures = []
    for (const { id, recorded_by, recorded_at } of made.filter((_, at) => at % 2 === 0)) {
      const bytes = shown.get(id)?.bytes
      if (bytes)
        pictures.push({
          ...{ finding_id: id, name: '截图.jpg', type: 'image/jpeg', hash: await keepContent(tx, bytes) },
          ...{ uploaded_by: recorded_by, uploaded_at: recorded_at },
        })
    }
    await tx.insertInto('census_picture').values(pictures).execute()
    const ofPages = made.flatMap(({ id, site_id: siteId, rule, target: url, recorded_at }) => {
      const taken = shown.get(id)
      // A file is no page.
      return taken && url?.endsWith('/')
        ? { siteId, atMs: recorded_at.getTime(), url, reason: 'finding' as const, rule, ref: id, ...taken }
        : []
    })
    await keepPictures(tx, ofPages)
  })
}
