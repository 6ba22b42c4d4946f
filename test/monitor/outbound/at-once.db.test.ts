import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { LIMITS } from '../../../server/monitor/outbound/limits.ts'
import { type LookParts, lookAtDue } from '../../../server/monitor/outbound/looks/look.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { a, ctx, parts, playOnASite, scan, serve, sites } from '../links/scans.ts'

playOnASite()

const titled = (title: string) => (_req: unknown, res: ServerResponse) =>
  void res
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(`<title>${title}</title><body>首页</body>`)

/** Whoever looks at hosts, and does something before it has the answer. */
function looker(before: (url: string) => Promise<void> = async () => {}): LookParts {
  const prober = parts().proberFor(false)
  const visit: Prober['visit'] = async (target) => {
    const visited = await prober.visit(target)
    await before(target.url)
    return visited
  }
  const { signal } = parts()
  return { ctx, proberFor: () => ({ ...prober, visit }), isRegistered: async () => null, signal }
}
const hostOf = (label: string) =>
  ctx.db
    .selectFrom('outbound_host')
    .selectAll()
    .where('host', '=', `${label}.localhost`)
    .executeTakeFirstOrThrow()

test('a bad answer that two monitors get at once confirms nothing: the host is looked at again when that is due', async () => {
  sites.set('twice', titled('岭南旅游网'))
  serve({ '/': a(sites.url('twice')) })
  await scan()
  await lookAtDue(looker(), 100)
  sites.set('twice', titled('澳门新葡京 真人荷官'))
  ctx.clock.advance(21 * HOUR)
  let isFirst = true
  const slow = looker(async (url) => {
    if (!isFirst || !url.includes('twice')) return
    isFirst = false
    ctx.clock.advance(2 * MINUTE)
    await lookAtDue(looker(), 100)
  })
  await lookAtDue(slow, 100)
  expect(isFirst, 'it was looked at').toBe(false)
  expect(await hostOf('twice')).toMatchObject({ state: 'fine', pending: 'hijacked', pending_times: 1 })
  expect(await ctx.db.selectFrom('alert').select('rule').where('site_id', 'is', null).execute()).toEqual([])
  ctx.clock.advance((LIMITS.looks.againMinutes + 1) * MINUTE)
  await lookAtDue(looker(), 100)
  expect(await hostOf('twice')).toMatchObject({ state: 'hijacked' })
})

test('hosts that wait for their turn are free for others, and no more are looked at than are to be', async () => {
  const labels = Array.from({ length: 12 }, (_, n) => `turn-${n}`)
  for (const label of labels) sites.set(label, titled('岭南旅游网'))
  serve({ '/': labels.map((label) => a(sites.url(label))).join('') })
  await scan()
  let most = 0
  const taken = () =>
    ctx.db
      .selectFrom('outbound_host')
      .select('id')
      .where('host', 'like', 'turn-%')
      .where('looked_at', 'is', null)
      .where('next_look_at', '>', new Date(ctx.clock.now()))
      .execute()
  const watching = looker(async () => {
    most = Math.max(most, (await taken()).length)
  })
  expect(await lookAtDue(watching, 10)).toBe(10)
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThanOrEqual(LIMITS.looks.atOnce)
  expect(await lookAtDue(looker(), 10), 'the others').toBe(2)
})
