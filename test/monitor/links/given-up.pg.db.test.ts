import { expect, test } from 'vitest'
import { startBriefScan } from '../../../server/monitor/links/service.ts'
import { failedVisit } from '../../../server/monitor/visit/run.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import { DAY, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { a, asked, ctx, finish, forgetAsked, parts, playOnASite, serve, site } from './scans.ts'

playOnASite()

const PAGES = 60
const titled = (title: string, body: string) =>
  `<title>${title}</title><p>关于开展政府网站检查工作的通知，请各单位于月底前报送自查情况。</p>${body}`
const HOME = titled('天河区', Array.from({ length: PAGES }, (_, n) => a(`/p${n}`)).join(''))

/** Looks through the site by night, each slice as long as those of the product. @returns questions to its pages, and how long it took. */
async function lookThrough(change: Partial<Prober> = {}, delayMs = 500) {
  ctx.clock.advance(DAY)
  forgetAsked()
  const before = ctx.clock.now()
  const id = (await startBriefScan(ctx, site.id)) ?? 0
  await ctx.db.updateTable('link_scan').set({ delay_ms: delayMs }).where('id', '=', id).execute()
  const prober: Prober = { ...parts().proberFor(false), ...change }
  await finish(id, 30 * SECOND, { proberFor: () => prober })
  return { minutes: (ctx.clock.now() - before) / MINUTE }
}

/** A firewall that lets the home page through and swallows the rest. */
function swallowing(): { readonly visit: Prober['visit']; swallowed: number } {
  const prober = parts().proberFor(false)
  const wall = {
    swallowed: 0,
    async visit(target: Parameters<Prober['visit']>[0]) {
      if (!/\/p\d+$/.test(target.url)) return prober.visit(target)
      wall.swallowed++
      ctx.clock.advance(15 * SECOND)
      return failedVisit('timeout')
    },
  }
  return wall
}

/** The site takes so long for each answer. */
const slow = (ms: number): Partial<Prober> => {
  const prober = parts().proberFor(false)
  return {
    visit(target) {
      ctx.clock.advance(ms)
      return prober.visit(target)
    },
  }
}

const said = async (rule: string) => {
  const { outcome, reason, pages, unmeasured } = await ctx.db
    .selectFrom('inspection')
    .selectAll()
    .where('site_id', '=', site.id)
    .where('rule', '=', rule)
    .executeTakeFirstOrThrow()
  return { outcome, reason, pages, unmeasured }
}
const there = async () => {
  const rows = await ctx.db
    .selectFrom('inspection_problem')
    .select('key')
    .where('site_id', '=', site.id)
    .where('rule', '=', 'page-title')
    .where('gone_at', 'is', null)
    .execute()
  return rows.map(({ key }) => key)
}

test('a site that swallows all but its home page holds no place of the night for hours, and nothing found on it is ended', async () => {
  serve({ '/': HOME, '/p58': titled('', '') }, () => titled('通知公告', ''))
  await lookThrough()
  expect(asked).toHaveLength(PAGES + 1)
  expect(await there()).toEqual(['/p58'])
  expect(await said('hidden-links')).toMatchObject({ outcome: 'clear', pages: PAGES + 1 })

  const wall = swallowing()
  const { minutes } = await lookThrough(wall)
  expect(wall.swallowed).toBe(MACHINE.crawl.silent)
  expect(minutes).toBeLessThan(10)
  const unseen = { pages: PAGES + 1, unmeasured: PAGES }
  expect(await said('hidden-links')).toEqual({ outcome: 'unmeasured', reason: 'silent', ...unseen })
  expect(await said('page-title')).toMatchObject({ outcome: 'found', ...unseen })
  expect(await there()).toEqual(['/p58'])

  serve({ '/': HOME }, () => titled('通知公告', ''))
  await lookThrough()
  expect(asked, 'another night it is looked through as ever').toHaveLength(PAGES + 1)
  expect(await said('hidden-links')).toMatchObject({ outcome: 'clear', unmeasured: 0 })
  expect(await there()).toEqual([])
})

test('a site that answers now and then is gone on with', async () => {
  serve({ '/': HOME }, () => titled('通知公告', ''))
  const wall = swallowing()
  const through = parts().proberFor(false)
  await lookThrough({
    visit: (target) => (/\/p\d*0$/.test(target.url) ? through.visit(target) : wall.visit(target)),
  })
  expect(wall.swallowed).toBe(PAGES - 6)
})

test('a look does not last longer than it may, and says of the rest that it was not measured', async () => {
  serve({ '/': HOME, '/p59': titled('', '') }, () => titled('通知公告', ''))
  await lookThrough()
  const { minutes } = await lookThrough(slow(2 * MINUTE))
  const seen = new Set(asked).size
  expect(seen).toBeLessThan(MACHINE.crawl.minutes / 2)
  expect(minutes).toBeLessThan(MACHINE.crawl.minutes * 2)
  expect(await said('hidden-links')).toMatchObject({
    ...{ outcome: 'unmeasured', reason: 'budget', pages: PAGES + 1, unmeasured: PAGES + 1 - seen },
  })
  expect(await there()).toEqual(['/p59'])
})

test('a site that people have set long pauses for is looked through all the same', async () => {
  serve({ '/': HOME }, () => titled('通知公告', ''))
  const { minutes } = await lookThrough({}, MINUTE)
  expect(minutes).toBeGreaterThan(MACHINE.crawl.minutes)
  expect(asked).toHaveLength(PAGES + 1)
})
