import { describe, expect, it } from 'vitest'
import { printOf } from '../../../../server/monitor/inspections/content/home/print.ts'
import { personalData } from '../../../../server/monitor/inspections/content/personal-data.ts'
import { type FoundProblem, keepProblems } from '../../../../server/monitor/inspections/crawl/problems.ts'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'
import { printOfHome, printOfSigns } from '../../../../server/monitor/inspections/page/signs.ts'
import { DAY } from '../../../../shared/base/time.ts'
import { ctx, people, playOnASite, scan, serve, site } from '../../links/scans.ts'
import { identity } from '../content/numbers.ts'
import { said } from '../pages.ts'

playOnASite()

const WORDS = '关于开展政府网站检查工作的通知，请各单位于月底前报送自查情况。'
const titled = (title: string) => `<title>${title}</title><p>${WORDS}</p>`

const problem = (change: Partial<FoundProblem>): FoundProblem => ({
  ...{
    rule: 'home-replaced',
    version: 1,
    key: 'home',
    url: site.url,
    excerpt: '',
    outline: null,
    detail: {},
  },
  ...change,
})
const keep = (...found: FoundProblem[]) =>
  ctx.db.transaction().execute((tx) => keepProblems(tx, site.id, found, new Date(ctx.clock.now())))
const refuse = () =>
  ctx.db
    .updateTable('inspection_problem')
    .set({
      state: 'refused',
      decided_by: people.duty.id,
      decided_at: new Date(ctx.clock.now()),
      note: '本网',
    })
    .where('site_id', '=', site.id)
    .execute()
const states = async (rule = 'home-replaced') => {
  const rows = await ctx.db
    .selectFrom('inspection_problem')
    .select(['state', 'note', 'decided_by'])
    .where('site_id', '=', site.id)
    .where('rule', '=', rule)
    .execute()
  return rows.map(({ state, note, decided_by: by }) => [state, note, by])
}
const REFUSED = () => [['refused', '本网', people.duty.id]]
const ANEW = [['open', null, null]]

describe('what somebody has refused', () => {
  it('stays refused as it was or with less of it, and a page that is broken into later is found and told of', async () => {
    const outcome = async () =>
      ctx.db
        .selectFrom('inspection')
        .select('outcome')
        .where('site_id', '=', site.id)
        .where('rule', '=', 'foreign-words')
        .executeTakeFirst()
    serve({ '/': titled('百家乐 老虎机 时时彩') })
    await scan()
    await refuse()
    for (const title of ['百家乐 老虎机 时时彩', '百家乐 老虎机', '百家乐 老虎机 时时彩 通知']) {
      ctx.clock.advance(DAY)
      serve({ '/': titled(title) })
      await scan()
      expect(await states('foreign-words'), title).toEqual(REFUSED())
    }
    expect(await outcome()).toEqual({ outcome: 'clear' })
    ctx.clock.advance(DAY)
    serve({ '/': titled('百家乐 澳门新葡京 真人荷官') })
    await scan()
    expect(await states('foreign-words')).toEqual(ANEW)
    expect(await outcome()).toEqual({ outcome: 'found' })
    const row = await ctx.db
      .selectFrom('inspection_problem')
      .select('first_at')
      .where('site_id', '=', site.id)
      .where('rule', '=', 'foreign-words')
      .executeTakeFirstOrThrow()
    expect(row.first_at.getTime(), 'it is of today').toBeGreaterThan(ctx.clock.now() - DAY)
  })

  it('is a list of persons with those that it named: one with others, or more of them, is another', async () => {
    const list = async (...numbers: string[]) => {
      const outcome = await said(personalData, `<ul>${numbers.map((one) => `<li>${one}</li>`).join('')}</ul>`)
      const found = outcome.outcome === 'found' ? outcome.problems : []
      await keep(...found.map((one) => ({ ...one, rule: 'personal-data', version: 1 })))
    }
    const [one, two, other] = [
      identity('440106', '19850612', '123'),
      identity('440104', '19790301', '456'),
      identity('440105', '19921111', '789'),
    ]
    await list(one, two)
    await refuse()
    await list(two, one)
    await list(two)
    expect(await states('personal-data')).toEqual(REFUSED())
    await list(one, two, other)
    expect(await states('personal-data')).toEqual(ANEW)
  })

  it('is a home page as it was, whatever is new on it; one that is filled or replaced later is another', async () => {
    const parsed = (html: string) => parsePage(new TextEncoder().encode(html), 'text/html', site.url)
    /** A page of such lines, each of a class of its own. */
    const page = (words: string, name = 'item') => {
      const lines = Array.from(
        '甲乙丙丁戊己庚辛',
        (sign, n) => `<li class="${name}${n}">${words}第${sign}${words}</li>`,
      )
      return printOf(parsed(`<ul class="${name}">${lines.join('')}</ul>`))
    }
    const REDESIGN = page('优惠促销产品中心联系客服')
    const replaced = (signs: readonly string[], print = REDESIGN) =>
      keep(problem({ print: printOfHome(signs, print) }))
    await replaced(['联系客服', '优惠'])
    await refuse()
    await replaced(['联系客服', '促销'])
    expect(await states(), 'the page is as it was').toEqual(REFUSED())
    const later = page('第二年的新闻和通知公告栏目')
    await replaced(['联系客服', '优惠'], later)
    expect(await states(), 'its build is, and nothing new speaks against it').toEqual(REFUSED())
    await replaced(['澳门新葡京'], later)
    expect(await states(), 'its columns are filled with something else').toEqual(ANEW)
    await refuse()
    await ctx.db
      .updateTable('inspection_problem')
      .set({ print: null })
      .where('site_id', '=', site.id)
      .execute()
    await replaced(['优惠'])
    expect(await states(), 'of one that was refused before, what is there now is what was refused').toEqual(
      REFUSED(),
    )
    await replaced(['优惠'], page('hackedbysomebodyelse', 'other'))
    expect(await states(), 'nothing of it is left').toEqual(ANEW)
  })

  it('is told from more of it also where there is more than is kept', async () => {
    const many = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `s${from + n}`)
    const found = (signs: readonly string[]) => keep(problem({ print: printOfSigns(signs) }))
    await found(many(0, 800))
    await refuse()
    await found(many(200, 800))
    expect(await states()).toEqual(REFUSED())
    await found(many(0, 900))
    expect(await states()).toEqual(ANEW)
  })
})
