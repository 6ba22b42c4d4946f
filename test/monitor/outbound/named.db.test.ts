import { expect, test } from 'vitest'
import { lookAtDue } from '../../../server/monitor/outbound/looks/look.ts'
import { outboundHosts } from '../../../server/monitor/outbound/service.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { identity } from '../inspections/content/numbers.ts'
import { a, ctx, parts, people, playOnASite, scan, serve, sites } from '../links/scans.ts'

playOnASite()

const ID = identity()
const NAME = '李小丽'

test('neither the alert about a host nor its list has persons whom the page that leads there, or the title there, names', async () => {
  const page = `/detail?name=${encodeURIComponent(NAME)}&sfzh=${ID}`
  sites.set('named', (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    res.end(`<title>澳门新葡京 真人荷官 ${NAME} ${ID}</title><body>首页</body>`)
  })
  serve({ '/': a(page), [page]: a(sites.url('named')) })
  await scan()
  for (let n = 0; n < 3; n++) {
    const { proberFor, signal } = parts()
    await lookAtDue({ ctx, proberFor, signal, isRegistered: async () => null }, 100)
    ctx.clock.advance(11 * MINUTE)
  }
  const alerts = await ctx.db.selectFrom('alert').select('evidence').where('site_id', 'is', null).execute()
  const { items } = await outboundHosts(ctx, people.duty, { q: 'named.local' }, { limit: 10 })
  for (const said of [alerts, items].map((one) => JSON.stringify(one))) {
    for (const one of [ID, NAME, encodeURIComponent(NAME)]) expect(said).not.toContain(one)
    expect(said).toContain('李** 440***')
  }
  expect(alerts[0]?.evidence.outbound?.some[0]?.page).toContain('sfzh=440***')
})
