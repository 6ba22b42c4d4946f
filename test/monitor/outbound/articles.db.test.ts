import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { lookAtDue } from '../../../server/monitor/outbound/looks/look.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { a, ctx, parts, playOnASite, scan, serve, sites } from '../links/scans.ts'

playOnASite()

const titled = (title: string) => (_req: unknown, res: ServerResponse) =>
  void res
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(`<title>${title}</title><body>首页</body>`)
const BETTING = titled('澳门新葡京 真人荷官')

const look = async () => {
  const { proberFor, signal } = parts()
  await lookAtDue({ ctx, proberFor, signal, isRegistered: async () => null }, 100)
}
const lookAfter = async (ms: number) => {
  ctx.clock.advance(ms)
  await look()
}
const hostOf = (label: string) =>
  ctx.db
    .selectFrom('outbound_host')
    .select(['state', 'pending'])
    .where('host', '=', `${label}.localhost`)
    .executeTakeFirstOrThrow()

test('a newspaper is not taken over because one article that a site links to writes about betting', async () => {
  const headlines = [
    ...['人民日报评论：论文代写亟待根治', '以案说法 | 裸聊的代价', '缅北赌场逃生记', '赌球毁掉的青春'],
    ...['三名球员参与赌球被禁赛', '澳门博彩收入创新高', '该域名已过期怎么办'],
  ]
  const labels = headlines.map((title, n) => {
    const home = titled('南方新闻网')
    sites.set(`paper-${n}`, (req, res) => (req.url === '/' ? home : titled(title))(req, res))
    return `paper-${n}`
  })
  serve({ '/': labels.map((label) => a(`${sites.url(label)}a/1.html`)).join('') })
  await scan()
  await look()
  await lookAfter(11 * MINUTE)
  await lookAfter(21 * HOUR)
  const hosts = await Promise.all(labels.map((label) => hostOf(label)))
  expect(hosts.map((host) => [host.state, host.pending])).toEqual(hosts.map(() => ['fine', null]))
  for (const label of labels) sites.set(label, BETTING)
  await lookAfter(21 * HOUR)
  await lookAfter(11 * MINUTE)
  const taken = await Promise.all(labels.map((label) => hostOf(label)))
  expect(
    taken.map((host) => host.state),
    'its home page says so, too',
  ).toEqual(taken.map(() => 'hijacked'))
})
