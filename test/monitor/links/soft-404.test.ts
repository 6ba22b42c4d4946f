import { afterAll, beforeAll, expect, test } from 'vitest'
import { isSoftPage, probeSoft404 } from '../../../server/monitor/links/soft-404.ts'
import { createProber, type Prober } from '../../../server/monitor/visit/visit.ts'
import { type Behaviour, startSites, type TestSites } from '../../support/registers/sites.ts'

let sites: TestSites
let prober: Prober
const { signal } = new AbortController()
beforeAll(async () => {
  sites = await startSites()
  prober = createProber({ userAgent: 'test', allowAddresses: ['127.0.0.0/8'], deadlineMs: 2_000 })
})
afterAll(async () => {
  prober.close()
  await sites.close()
})

const html =
  (body: string, status = 200): Behaviour =>
  (_req, res) =>
    void res
      .writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<html><body>${body}</body></html>`)
/** Answers by path; what it does not know is `otherwise`. */
const paths =
  (known: Record<string, Behaviour>, otherwise: Behaviour): Behaviour =>
  (req, res) =>
    (known[req.url ?? '/'] ?? otherwise)(req, res)
const HOME = html(
  '<title>首页</title><h1>天河区政府</h1><ul><li>通知公告一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十</li></ul>',
)
const to =
  (location: string): Behaviour =>
  (_req, res) =>
    void res.writeHead(302, { location }).end()
let serial = 0
async function probe(behaviour: Behaviour) {
  const label = `soft-${++serial}`
  sites.set(label, behaviour)
  const url = sites.url(label)
  const soft = await probeSoft404(prober, url, signal)
  const visit = async (path: string) => {
    const address = new URL(path, url).href
    return isSoftPage(soft, await prober.visit({ url: address, signal }), address)
  }
  return { soft, visit }
}

test('a site that says what is not there is told from one that answers with its home page or a blank', async () => {
  expect((await probe(paths({ '/': HOME }, html('x', 404)))).soft.outcome).toBe('proper')
  expect((await probe(paths({ '/': HOME }, html('x', 500)))).soft.outcome).toBe('proper')
  expect((await probe(paths({ '/': HOME }, HOME))).soft).toMatchObject({ outcome: 'soft', is: 'home' })
  expect((await probe(paths({ '/': HOME }, to('/')))).soft).toMatchObject({ outcome: 'soft', is: 'home' })
  expect((await probe(paths({ '/': HOME }, html('&nbsp;')))).soft).toMatchObject({
    outcome: 'soft',
    is: 'blank',
  })
  const sorry = html(`<title>出错了</title>${'您访问的页面不存在，请检查地址是否正确。'.repeat(4)}`)
  expect((await probe(paths({ '/': HOME }, sorry))).soft).toMatchObject({ outcome: 'soft', is: 'page' })
})

test('of a site that is not reached, or whose firewall answers, nobody knows', async () => {
  const reset: Behaviour = (_req, res) => void res.destroy()
  expect((await probe(reset)).soft).toMatchObject({ outcome: 'unmeasured' })
  const wall = html('<title>403</title>您的请求被网站防火墙拦截', 403)
  const { soft } = await probe((req, res) => {
    res.setHeader('server', 'yunsuo')
    wall(req, res)
  })
  expect(soft).toMatchObject({ outcome: 'unmeasured', reason: expect.stringMatching(/^blocked/) })
})

test('only a page that is the one for nothing cannot be judged; any other is there', async () => {
  const { visit } = await probe(paths({ '/': HOME, '/real': html('<h1>办事指南</h1>真的在这里') }, HOME))
  expect(await visit('/real')).toBe(false)
  expect(await visit('/gone')).toBe(true)
  const sent = await probe(paths({ '/': HOME, '/real': html('真的在这里'), '/old': to('/real') }, to('/')))
  expect([await sent.visit('/real'), await sent.visit('/old'), await sent.visit('/gone')]).toEqual([
    false,
    false,
    true,
  ])
})

test('the page for nothing may name what was asked for, or be another each time', async () => {
  const naming: Behaviour = (req, res) => html(`<p>没有找到 ${req.url}，请返回首页</p>`)(req, res)
  const named = await probe(paths({ '/': HOME }, naming))
  expect(await named.visit('/x/y.html')).toBe(true)
  let n = 0
  const moody: Behaviour = (req, res) => html(`<title>提示</title><a href="/n${++n}">第${n}条</a>`)(req, res)
  const other = await probe(paths({ '/': HOME, '/real': html('<title>指南</title>真的在这里') }, moody))
  expect([await other.visit('/gone'), await other.visit('/real')]).toEqual([true, false])
})
