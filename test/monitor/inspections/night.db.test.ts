import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { concludeLook } from '../../../server/monitor/inspections/crawl/conclude.ts'
import { keepProblems } from '../../../server/monitor/inspections/crawl/problems.ts'
import { looksToDo, nightAt } from '../../../server/monitor/links/nightly.ts'
import { runSlice } from '../../../server/monitor/links/scan.ts'
import { linkReport, startScan, turnScan } from '../../../server/monitor/links/service.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import { HOUR, MINUTE, timeOn } from '../../../shared/base/time.ts'
import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { a, asked, ctx, forgetAsked, parts, people, playOnASite, serve, site } from '../links/scans.ts'

playOnASite()

const to = (day: string, time: string) => ctx.clock.advance(timeOn(day, time) - ctx.clock.now())
const WORDS = '关于开展政府网站检查工作的通知，请各单位于月底前报送自查情况。'

it('looks are begun by night only, from the evening into the morning', () => {
  const at = (time: string) => nightAt(timeOn('2030-05-02', time))
  expect(['21:59', '22:00', '23:30'].map((time) => at(time).isOn)).toEqual([false, true, true])
  expect(['00:00', '03:59', '04:00'].map((time) => at(time).isOn)).toEqual([true, true, false])
  expect(at('01:00').fromMs).toBe(timeOn('2030-05-01', '22:00'))
})

it('a site is looked through once a night: its own pages, no links for their own sake, and no scan is left of it', async () => {
  const others = await ctx.db.selectFrom('site').select('id').where('id', '<>', site.id).execute()
  await ctx.db
    .updateTable('site')
    .set({ pause_reason: 'x' })
    .where('id', 'in', [0, ...others.map(({ id }) => id)])
    .execute()
  serve({ '/': WORDS + a('/a') + a('/p.png') + a('http://127.0.0.2/away'), '/a': WORDS + a('/gone') })
  to('2030-05-02', '12:00')
  expect(await looksToDo({ ctx }, 8), 'not by day').toEqual([])
  to('2030-05-02', '22:10')
  const [id = 0, ...rest] = await looksToDo({ ctx }, 8)
  expect(rest).toEqual([])
  expect(await looksToDo({ ctx }, 8), 'it is being looked at').toEqual([])
  forgetAsked()
  expect(await runSlice(parts(), id, HOUR)).toBeNull()
  expect(asked).toEqual(['/', '/a', '/gone'])
  const { outcome, pages } = await ctx.db
    .selectFrom('inspection')
    .select(['outcome', 'pages'])
    .where('site_id', '=', site.id)
    .where('rule', '=', 'page-title')
    .executeTakeFirstOrThrow()
  expect({ outcome, pages }).toEqual({ outcome: 'found', pages: 2 })
  expect((await linkReport(ctx, people.owner.scope, site.id)).scan, 'links were not scanned').toBeNull()
  ctx.clock.advance(2 * HOUR)
  expect(await looksToDo({ ctx }, 8), 'not again in the same night').toEqual([])
  to('2030-05-03', '22:10')
  expect(await looksToDo({ ctx }, 8), 'but in the next').toHaveLength(1)
})

it('a look that somebody let fall is gone on with; one that a person asks for goes before', async () => {
  const [id = 0] = await ctx.db
    .selectFrom('link_scan')
    .select('id')
    .execute()
    .then((rows) => rows.map((row) => row.id))
  expect(id, 'the look of the story before is gone with its site').toBe(0)
  serve({ '/': WORDS })
  to('2030-05-06', '23:00')
  await ctx.db.updateTable('site').set({ pause_reason: 'x' }).where('id', '<>', site.id).execute()
  const [begun = 0] = await looksToDo({ ctx }, 8)
  await expect(turnScan(ctx, people.owner, begun, 'stopped', 1), 'a look is no scan').rejects.toMatchObject({
    code: 'not_found',
  })
  ctx.clock.advance(2 * MINUTE)
  expect(await looksToDo({ ctx }, 8)).toEqual([begun])
  const scan = await startScan(ctx, people.owner, site.id, {})
  expect(scan.state).toBe('running')
  expect(await runSlice(parts(), begun, HOUR)).toBeNull()
  expect(await looksToDo({ ctx }, 8)).toEqual([])
})

it('one that a person asks for while a page is under way takes its place, and nothing is set aside', async () => {
  serve({ '/': WORDS })
  to('2030-05-08', '23:00')
  await ctx.db.updateTable('site').set({ pause_reason: 'x' }).where('id', '<>', site.id).execute()
  const [begun = 0] = await looksToDo({ ctx }, 8)
  const prober = parts().proberFor(false)
  const asking: Prober = {
    async visit(target) {
      const visit = await prober.visit(target)
      if (target.url === site.url) await startScan(ctx, people.owner, site.id, {})
      return visit
    },
    close() {},
  }
  expect(await runSlice(parts({ proberFor: () => asking }), begun, HOUR)).toBeNull()
  expect(await ctx.db.selectFrom('set_aside').select('error').execute()).toEqual([])
})

it('of a site that makes up addresses without end, no more pages are remembered than are kept, and those with problems', async () => {
  const now = new Date(ctx.clock.now())
  const title = (key: string) => ({
    ...{ rule: 'page-title', version: 1, key, url: new URL(key, site.url).href, excerpt: '' },
    ...{ outline: null, detail: {} },
  })
  const found = (n: number) =>
    n === 2_990 || n >= 2_995 ? [['page-title', n === 2_990 ? '/own' : '/all']] : []
  const seen = Array.from({ length: 3_000 }, (_, n) => ({ n, found: found(n) }))
  await sql`
    insert into inspection_page (site_id, url_hash, url, kind, depth, scan_id, seen_at, found)
    select ${site.id}::int, 'h' || n, ${site.url}::text || n, 'page', 2, 0, ${now}::timestamptz - n * interval '1 minute', found
    from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as one(n int, found jsonb)
  `.execute(ctx.db)
  await ctx.db.transaction().execute(async (tx) => {
    await keepProblems(tx, site.id, [title('/own'), title('/all')], now)
    await concludeLook(tx, { scanId: 9, siteId: site.id, isWhole: false }, new Map(), now)
  })
  const rows = await ctx.db
    .selectFrom('inspection_page')
    .select('url_hash')
    .where('site_id', '=', site.id)
    .orderBy('seen_at', 'desc')
    .execute()
  const kept = rows.map(({ url_hash }) => url_hash)
  const { pages } = MACHINE.kept
  expect(pages, 'more than a look reads').toBeGreaterThan(MACHINE.crawl.pages)
  expect(kept.slice(0, pages)).toEqual(Array.from({ length: pages }, (_, n) => `h${n}`))
  expect(kept.slice(pages), 'one page of each problem').toEqual(['h2990', 'h2995'])
})
