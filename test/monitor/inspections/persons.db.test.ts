import { expect, test } from 'vitest'
import { pictureProblems } from '../../../server/monitor/inspections/crawl/picture.ts'
import { listGroups, listProblems } from '../../../server/monitor/inspections/queries.ts'
import { decideProblems } from '../../../server/monitor/inspections/service.ts'
import { askerOf } from '../../../server/monitor/inspections/standing.ts'
import { toldProblems } from '../../../server/monitor/inspections/telling.ts'
import { listPictures } from '../../../server/monitor/pictures/queries.ts'
import { pictureTaken } from '../../../server/monitor/pictures/taken.ts'
import { a, ctx, people, playOnASite, scan, serve, site } from '../links/scans.ts'
import { picture } from '../pictures/picture.ts'

playOnASite()

const ID = '440106199001011016'
const NAMED = `name=${encodeURIComponent('张三')}&sfzh=${ID}`
const OPEN = [ID, encodeURIComponent('张三'), '张三']
const expectNobody = (said: unknown, where: string) => {
  const text = JSON.stringify(said)
  for (const one of OPEN) expect(text, where).not.toContain(one)
}
const rendererComes = () =>
  ctx.db
    .insertInto('renderer')
    .values({ name: 'here', heard_at: new Date(ctx.clock.now()), problem: null })
    .onConflict((on) => on.doNothing())
    .execute()

test('whoever an address names is covered wherever the address goes, and the page itself is followed and pictured', async () => {
  const page = `/dibao/detail?${NAMED}`
  serve({
    '/': `${a(page)}${a(`/gone?${NAMED}`)}`,
    [page]: `<p>姓名：张三 身份证号：${ID} 天河区人名政府</p>`,
  })
  const report = await scan()
  expectNobody(report.findings, 'dead links')
  expect(report.findings).toHaveLength(1)
  const rows = await ctx.db
    .selectFrom('inspection_problem')
    .selectAll()
    .where('site_id', '=', site.id)
    .execute()
  expect(rows.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['personal-data', 'wrong-words']))
  expectNobody(rows, 'what is stored')
  const found = (
    await ctx.db.selectFrom('link_scan').select('found').where('site_id', '=', site.id).execute()
  )[0]
  expectNobody(found, 'what a scan found')

  const asker = await askerOf(ctx, people.duty)
  const { items } = await listProblems(ctx.db, asker, { site: site.id }, { limit: 50 })
  expectNobody(items, 'the list')
  expectNobody(await listGroups(ctx.db, asker, { site: site.id }), 'heaps')
  const problems = items.map(({ id, version }) => ({ id, version }))
  await decideProblems(ctx, people.duty, { problems, to: 'confirmed', note: '' })
  expectNobody(await toldProblems(ctx.db, [site.id], ctx.clock.now()), 'alerts')
  expectNobody(
    await ctx.db.selectFrom('fact').select('data').where('site_id', '=', site.id).execute(),
    'facts',
  )
  expectNobody(await ctx.db.selectFrom('audit').select('detail').execute(), 'audit')
  expectNobody(await ctx.db.selectFrom('alert').select('evidence').execute(), 'alerts')

  await rendererComes()
  await ctx.db.transaction().execute((tx) => pictureProblems(tx, site.id, new Date(ctx.clock.now())))
  const orders = await ctx.db.selectFrom('render_order').selectAll().where('site_id', '=', site.id).execute()
  const order = orders.find(({ ref }) => ref.startsWith('problem|wrong-words'))
  expect(order?.url, 'the address that opens').toContain(ID)
  const { id = 0, url = '', subject = null } = order ?? {}
  const asked = {
    ...{ id, siteId: site.id, url, purpose: 'picture' as const, subject },
    cause: 'proof' as const,
  }
  await pictureTaken(
    ctx,
    { ...asked, askedBy: null, tries: 1, lost: 0, demo: false },
    {
      ...{ bytes: picture(600, 400), type: 'image/jpeg', width: 600, height: 400, isMarked: true },
      url,
      atMs: ctx.clock.now(),
    },
  )
  const pictures = await listPictures(ctx, people.duty, { site: site.id }, { limit: 9 })
  expect(pictures.total).toBe(1)
  expectNobody(pictures, 'pictures')
})

test('a page that is as it was has the same problems the next time, though its address is covered', async () => {
  const page = `/dibao/detail?${NAMED}`
  const said = (words: string) => `<title>公示</title><p>姓名：张三 身份证号：${ID} ${words}</p>`
  serve({ '/': a(page), [page]: said('甲') })
  await scan()
  const there = async () =>
    (
      await ctx.db
        .selectFrom('inspection_problem')
        .select(['id', 'gone_at'])
        .where('site_id', '=', site.id)
        .where('rule', '=', 'personal-data')
        .where('url', 'like', '%detail%')
        .execute()
    ).map(({ id, gone_at }) => [id, gone_at])
  const before = await there()
  expect(before).toHaveLength(1)
  serve({ '/': a(page), [page]: said('乙') })
  await scan()
  expect(await there()).toEqual(before)
  serve({ '/': a(page), [page]: '<title>公示</title><p>已撤下。</p>' })
  await scan()
  expect((await there()).map(([, gone]) => gone === null)).toEqual([false])
})

test('pictures of a page that publishes numbers of persons, from before such were covered, are let go, and it is said why', async () => {
  serve({ '/': '<title>天河区</title><p>通知公告</p>' })
  await scan()
  const old = await oldPicture()
  serve({ '/': `<title>天河区</title><p>姓名：张三 身份证号：${ID}</p>` })
  await scan()
  expect(await picturesLeft()).toEqual([])
  const missing = await ctx.db
    .selectFrom('picture_missing')
    .selectAll()
    .where('site_id', '=', site.id)
    .execute()
  expect(missing).toMatchObject([{ ...old, why: 'personal' }])
})

async function oldPicture() {
  const one = { url: site.url, reason: 'asked' as const, rule: null, ref: null }
  const at = new Date(ctx.clock.now())
  await ctx.db
    .insertInto('picture_copy')
    .values({ hash: 'old', bytes: picture(9, 9), width: 9, height: 9, kept_at: at })
    .execute()
  await ctx.db
    .insertInto('picture')
    .values({ ...one, site_id: site.id, at, mark: null, is_marked: false, hash: 'old', is_covered: false })
    .execute()
  return one
}
const picturesLeft = () =>
  ctx.db.selectFrom('picture').select('id').where('site_id', '=', site.id).where('hash', '=', 'old').execute()
