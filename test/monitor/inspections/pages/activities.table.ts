import { interviews, surveys } from '../../../../server/monitor/inspections/pages/activities.ts'
import type { Outcome, SiteRule, Tools } from '../../../../server/monitor/inspections/rule.ts'
import { failedVisit } from '../../../../server/monitor/visit/run.ts'
import type { Visit } from '../../../../server/monitor/visit/visit.ts'
import { addDays } from '../../../../shared/base/time.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Cause } from '../../../../shared/monitor/visit/probes.ts'
import { retrieved, SITE } from '../pages.ts'
import { type PlantedTable, tableOf } from '../planted-table.ts'

const HOME = SITE.url
export const MENU = Array.from({ length: 20 }, (_, n) => `<li><a href="/lm/${n}/">栏目${n}</a></li>`).join('')
export const home = (links: string) => `<html><body><ul>${MENU}${links}</ul></body></html>`
export const column = (name: string, path = '/hd/dc/') => `<li><a href="${path}">${name}</a></li>`
const bytes = (html: string) => new TextEncoder().encode(html)

/** What a rule says of a site that has these pages, by path; a page that is not there says so, or what `missing` says. */
export function measure(
  rule: SiteRule,
  pages: Readonly<Record<string, string>>,
  isPortal = false,
  missing: Cause = 'http_4xx',
): Promise<Outcome> {
  const visit = async ({ url }: { url: string }): Promise<Visit> => {
    const html = pages[new URL(url).pathname]
    const failed = failedVisit(missing)
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
export const LISTS: readonly ((items: readonly (readonly [title: string, day: string])[]) => string)[] = [
  (items) =>
    `<ul>${items.map(([title, day], n) => `<li><a href="/hd/${n}.html">${title}</a><span>${day}</span></li>`).join('')}</ul>`,
  (items) =>
    `<table><tr><th>主题</th><th>起止日期</th></tr>${items.map(([title, day], n) => `<tr><td><a href="/hd/${n}.html">${title}</a></td><td>${day} 至 2027-01-31</td></tr>`).join('')}</table>`,
  (items) =>
    `<ul>${items.map(([title, day], n) => `<li>[${day.replaceAll('-', '/')}] <a href="/hd/${n}.html">${title}</a>（已结束）</li>`).join('')}</ul>`,
  (items) =>
    `<div>${items.map(([title, day], n) => `<dl><dt><a href="/hd/${n}.html">${title}</a></dt><dd>时间：${day.replace(/(\d+)-(\d+)-(\d+)/, '$1年$2月$3日')}</dd></dl>`).join('')}</div>`,
]
export const held = (n: number, from = 10, step = 40) =>
  Array.from(
    { length: n },
    (_, at) => [`关于第${at + 1}项工作的意见征集`, daysAgo(from + at * step)] as const,
  )

type Pages = Readonly<Record<string, string>>
/** A site with a column of that name, or with one behind 互动交流. */
const under = (name: string, list: string): Pages => ({ '/': home(column(name)), '/hd/dc/': list })

function activities(rule: SiteRule, names: readonly string[], absent: readonly Pages[]): PlantedTable {
  const few = LISTS.flatMap((list, n) => {
    const name = names[n % names.length] ?? ''
    return [
      under(name, list(held(2))),
      under(name, list(held(1))),
      under(name, list(held(3, 400))),
      under(name, list([...held(2), ...held(4, 380)])),
      { '/': home(column('互动交流', '/hd/')), '/hd/': home(column(name)), '/hd/dc/': list(held(1)) },
    ]
  })
  const [name = ''] = names
  const none = [under(name, '<p>暂无内容</p><ul></ul>'), under(name, '<ul><li>没有相关信息</li></ul>')]
  const enough = LISTS.flatMap((list) => names.flatMap((one) => [3, 8].map((n) => under(one, list(held(n))))))
  return tableOf(
    rule.id,
    [...few, ...none, { '/': home(column(name)) }, ...absent],
    enough,
    async (pages) => (await measure(rule, pages)).outcome,
  )
}

export const SURVEYS = activities(
  surveys,
  ['调查征集', '民意征集', '意见征集', '网上调查', '在线调查'],
  [{ '/': home('') }],
)
export const INTERVIEWS = activities(
  interviews,
  ['在线访谈', '互动访谈', '网上访谈', '领导访谈', '在线直播'],
  [],
)
