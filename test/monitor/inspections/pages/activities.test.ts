import { describe, expect, test } from 'vitest'
import { interviews, surveys } from '../../../../server/monitor/inspections/pages/activities.ts'
import type { Outcome, SiteRule, Tools } from '../../../../server/monitor/inspections/rule.ts'
import { failedVisit } from '../../../../server/monitor/visit/run.ts'
import type { Visit } from '../../../../server/monitor/visit/visit.ts'
import { addDays } from '../../../../shared/base/time.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { retrieved, SITE } from '../pages.ts'

const HOME = SITE.url
const MENU = Array.from({ length: 20 }, (_, n) => `<li><a href="/lm/${n}/">栏目${n}</a></li>`).join('')
const home = (links: string) => `<html><body><ul>${MENU}${links}</ul></body></html>`
const column = (name: string, path = '/hd/dc/') => `<li><a href="${path}">${name}</a></li>`
const bytes = (html: string) => new TextEncoder().encode(html)

/** What a rule says of a site that has these pages, by path; a page that is not there does not open. */
function measure(
  rule: SiteRule,
  pages: Readonly<Record<string, string>>,
  isPortal = false,
): Promise<Outcome> {
  const visit = async ({ url }: { url: string }): Promise<Visit> => {
    const html = pages[new URL(url).pathname]
    const failed = failedVisit('http_4xx')
    if (html === undefined) return failed
    return {
      result: { ...failed.result, outcome: 'ok', cause: null, finalUrl: url },
      body: bytes(html),
      headers: {},
    }
  }
  const tools = {
    ...{
      visit,
      isSpent: false,
      pages: [],
      limits: inspectionRule(rule.id)?.limits ?? {},
      signal: new AbortController().signal,
    },
    home: retrieved(pages['/'] ?? '', { url: HOME, finalUrl: HOME, depth: 0 }),
  } as Partial<Tools> as Tools
  return rule.measure({ ...SITE, isPortal }, tools)
}

const daysAgo = (days: number) => addDays(SITE.today, -days)
/** As sites list what they held. */
const LISTS: readonly ((items: readonly (readonly [title: string, day: string])[]) => string)[] = [
  (items) =>
    `<ul>${items.map(([title, day], n) => `<li><a href="/hd/${n}.html">${title}</a><span>${day}</span></li>`).join('')}</ul>`,
  (items) =>
    `<table><tr><th>主题</th><th>起止日期</th></tr>${items.map(([title, day], n) => `<tr><td><a href="/hd/${n}.html">${title}</a></td><td>${day} 至 2027-01-31</td></tr>`).join('')}</table>`,
  (items) =>
    `<ul>${items.map(([title, day], n) => `<li>[${day.replaceAll('-', '/')}] <a href="/hd/${n}.html">${title}</a>（已结束）</li>`).join('')}</ul>`,
  (items) =>
    `<div>${items.map(([title, day], n) => `<dl><dt><a href="/hd/${n}.html">${title}</a></dt><dd>时间：${day.replace(/(\d+)-(\d+)-(\d+)/, '$1年$2月$3日')}</dd></dl>`).join('')}</div>`,
]
const held = (n: number, from = 10, step = 40) =>
  Array.from(
    { length: n },
    (_, at) => [`关于第${at + 1}项工作的意见征集`, daysAgo(from + at * step)] as const,
  )
const NAMES = ['调查征集', '民意征集', '意见征集', '网上调查', '在线调查']

describe('surveys', () => {
  test('are too few, or none within the year: told with their number', async () => {
    const sites = LISTS.flatMap((list) => [
      { '/': home(column('民意征集')), '/hd/dc/': list(held(2)) },
      { '/': home(column('网上调查')), '/hd/dc/': list(held(1)) },
      { '/': home(column('调查征集')), '/hd/dc/': list(held(3, 400)) },
      { '/': home(column('意见征集')), '/hd/dc/': list([...held(2), ...held(4, 380)]) },
      { '/': home(column('互动交流', '/hd/')), '/hd/': home(column('民意征集')), '/hd/dc/': list(held(1)) },
    ])
    sites.push(
      { '/': home(column('民意征集')), '/hd/dc/': '<p>暂无内容</p><ul></ul>' },
      { '/': home(column('民意征集')), '/hd/dc/': '<ul><li>没有相关信息</li></ul>' },
    )
    const outcomes = await Promise.all([
      ...sites.map((pages) => measure(surveys, pages)),
      measure(surveys, { '/': home('') }),
      measure(surveys, { '/': home(column('民意征集')) }),
    ])
    expect(outcomes.length).toBeGreaterThanOrEqual(20)
    expect(outcomes.filter(({ outcome }) => outcome !== 'found')).toEqual([])
    expect(outcomes[0]).toMatchObject({ problems: [{ key: 'few', detail: { count: 2 } }] })
    expect(outcomes.at(-2)).toMatchObject({ problems: [{ key: 'absent' }] })
    expect(outcomes.at(-1)).toMatchObject({ problems: [{ key: 'broken', detail: { count: 0 } }] })
  })

  test('are enough by whatever name and in whatever list', async () => {
    const sites = LISTS.flatMap((list) =>
      NAMES.flatMap((name) => [3, 8].map((n) => ({ '/': home(column(name)), '/hd/dc/': list(held(n)) }))),
    )
    expect(sites.length).toBeGreaterThanOrEqual(40)
    const outcomes = await Promise.all(sites.map((pages) => measure(surveys, pages)))
    expect(outcomes.filter(({ outcome }) => outcome !== 'clear')).toEqual([])
  })

  test('of a portal have to be six', async () => {
    const pages = (n: number) => ({ '/': home(column('民意征集')), '/hd/dc/': LISTS[0]?.(held(n)) ?? '' })
    expect(await measure(surveys, pages(5), true)).toMatchObject({ outcome: 'found' })
    expect(await measure(surveys, pages(6), true)).toEqual({ outcome: 'clear' })
  })

  test('are not counted where their list has no days or is drawn by a script', async () => {
    const undated = `<ul>${held(4)
      .map(([title]) => `<li><a href="/1.html">${title}的详细情况说明</a></li>`)
      .join('')}</ul>`
    const drawn = '<div id="app"></div><script>var none = "暂无内容"</script><p hidden>暂无内容</p>'
    for (const list of [undated, '<div id="app"></div><script src="/a.js"></script>', MENU, drawn]) {
      expect(await measure(surveys, { '/': home(column('民意征集')), '/hd/dc/': list })).toEqual({
        outcome: 'unmeasured',
        reason: 'listUnread',
      })
    }
    expect(await measure(surveys, { '/': '<div id="app"></div>' })).toEqual({
      outcome: 'unmeasured',
      reason: 'homeDrawn',
    })
  })
})

describe('interviews', () => {
  test('are asked for only where there is a column of them', async () => {
    expect(await measure(interviews, { '/': home('') })).toEqual({ outcome: 'clear' })
    const list = LISTS[0]?.(held(1)) ?? ''
    expect(await measure(interviews, { '/': home(column('在线访谈')), '/hd/dc/': list })).toMatchObject({
      outcome: 'found',
      problems: [{ key: 'few' }],
    })
    expect(
      await measure(interviews, { '/': home(column('在线访谈')), '/hd/dc/': LISTS[0]?.(held(4)) ?? '' }),
    ).toEqual({ outcome: 'clear' })
  })
})
