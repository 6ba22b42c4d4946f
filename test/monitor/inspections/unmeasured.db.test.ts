import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { inspect } from '../../../server/monitor/inspections/crawl/inspector.ts'
import { decideProblems } from '../../../server/monitor/inspections/service.ts'
import { runSlice } from '../../../server/monitor/links/scan.ts'
import { startScan } from '../../../server/monitor/links/service.ts'
import { DAY, HOUR, localDay } from '../../../shared/base/time.ts'
import { ctx, parts, people, playOnASite, serve, site } from '../links/scans.ts'

playOnASite()

const WORDS = '关于开展政府网站检查工作的通知，请各单位于月底前报送自查情况。'
const page =
  (title: string, links: readonly string[] = []) =>
  (_visit: number, res: ServerResponse) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    res.end(
      `<html><head><title>${title}</title></head><body><p>${WORDS}</p>${links.map((href) => `<a href="${href}">x</a>`).join('')}</body></html>`,
    )
  }

async function look(): Promise<void> {
  const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
  for (let again: number | null = 0; again !== null; ) {
    ctx.clock.advance(again)
    again = await runSlice(parts({ inspector: { look: inspect, close: async () => {} } }), id, HOUR)
  }
}
const rowOf = (rule: string) =>
  ctx.db
    .selectFrom('inspection')
    .selectAll()
    .where('site_id', '=', site.id)
    .where('rule', '=', rule)
    .executeTakeFirstOrThrow()
const said = async () => {
  const { outcome, reason, pages, unmeasured } = await rowOf('page-title')
  return { outcome, reason, pages, unmeasured }
}
const problems = () =>
  ctx.db
    .selectFrom('inspection_problem')
    .selectAll()
    .where('site_id', '=', site.id)
    .where('rule', '=', 'page-title')
    .where('gone_at', 'is', null)
    .execute()
const there = async () => (await problems()).map(({ key }) => key)
/** A person says that what is there is no problem. */
async function refuse(): Promise<void> {
  const open = (await problems()).filter(({ state }) => state === 'open')
  const chosen = open.map(({ id, version }) => ({ id, version }))
  await decideProblems(ctx, people.duty, { problems: chosen, to: 'refused', note: 'x' })
}

describe('what was not measured', () => {
  it('leaves no site clear of which it is too much, and ends what is mended on a page that was seen', async () => {
    const links = ['/a', '/b', '/c', '/d', '/e', '/f', '/g', '/h', '/i']
    const pages = Object.fromEntries(links.map((path) => [path, page('通知公告')]))
    const home = { '/': page('天河区', links) }
    serve({ ...home, ...pages, '/a': page(''), '/b': page('') })
    await look()
    serve({ ...home, ...pages, '/b': page(''), '/h': 503, '/i': 503 })
    await look()
    await refuse()
    expect(await said(), 'two of ten').toMatchObject({ outcome: 'clear', reason: null, unmeasured: 2 })
    expect(await there()).toEqual(['/b'])
    serve({ ...home, ...pages, '/g': 503, '/h': 503, '/i': 503 })
    await look()
    expect(await said()).toEqual({ outcome: 'unmeasured', reason: 'notOpened', pages: 10, unmeasured: 3 })
    expect(await there(), 'though too little was seen of others').toEqual([])
    serve({ ...home, ...pages, '/a': page(''), '/g': 503, '/h': 503, '/i': 503 })
    await look()
    expect((await said()).outcome, 'found is found').toBe('found')
    await refuse()
    expect(await said(), 'without what was refused').toMatchObject({
      outcome: 'unmeasured',
      reason: 'notOpened',
    })
  })

  it('is the rest of a page that is too long: what was found at its beginning ends there, and the site is not clear', async () => {
    const long = (words: string) => (_visit: number, res: ServerResponse) => {
      res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      res.end(
        `<html><head><title>天河区</title></head><body><p>${words}</p><p>${'公告'.repeat(300_000)}</p></body></html>`,
      )
    }
    const persons = async () => {
      const { outcome, reason } = await rowOf('personal-data')
      const rows = await ctx.db
        .selectFrom('inspection_problem')
        .select('id')
        .where('site_id', '=', site.id)
        .where('rule', '=', 'personal-data')
        .where('gone_at', 'is', null)
        .execute()
      return { outcome, reason, there: rows.length }
    }
    serve({ '/': long('姓名：张三 身份证号：440106199001011016') })
    await look()
    expect(await persons()).toMatchObject({ outcome: 'found', there: 1 })
    serve({ '/': long('本局依法履行职责。') })
    await look()
    expect(await persons()).toEqual({ outcome: 'unmeasured', reason: 'pageTooLong', there: 0 })
  })

  it('because a rule of sites did not ask this time stands as it was said last, with when that was', async () => {
    serve({ '/': page('天河区') })
    await look()
    const row = async (id: string) => {
      const { outcome, at } = await rowOf(id)
      return { outcome, at }
    }
    await ctx.db
      .updateTable('inspection')
      .set({ outcome: 'clear' })
      .where('site_id', '=', site.id)
      .where('rule', '=', 'shown-to-robots')
      .execute()
    await ctx.db
      .updateTable('site_memory')
      .set({ robots_day: localDay(ctx.clock.now()) })
      .where('site_id', '=', site.id)
      .execute()
    const last = await row('shown-to-robots')
    ctx.clock.advance(DAY)
    await look()
    expect(await row('shown-to-robots')).toEqual(last)
    expect((await row('home-replaced')).at.getTime(), 'others were measured').toBeGreaterThan(
      last.at.getTime(),
    )
    ctx.clock.advance(7 * DAY)
    await look()
    expect((await row('shown-to-robots')).at.getTime()).toBeGreaterThan(last.at.getTime())
  })
})
