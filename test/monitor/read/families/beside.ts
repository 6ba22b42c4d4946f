import { each, type FamilyPage, home, list, plain, T } from './kit.ts'

/* What is new by itself beside a list that has been still since 2022, and what looks like it and was published. */

const OLD = '2022-11-20'
const NEW = '2024-03-12'
const linked = (dates: readonly string[], path = 'n') =>
  `<ul>${each(dates, (d, t, n) => `<li><a href="/${path}/${n}.html">${t}</a><span>${d}</span></li>`)}</ul>`
const STILL = `<div class="news"><h2>工作动态</h2>${linked([OLD, '2022-11-14', '2022-10-26'])}</div>`
const page = (body: string) => plain(`<div class="top"><a href="/">首页</a></div>${body}`)
const script = (text: string, type = 'text/javascript') => `<script type="${type}">${text}</script>`
const both = (name: string, gold: string | null, body: string): FamilyPage[] => [
  home(name, gold, page(body)),
  list(name, gold, page(body)),
]

const SITE = '示例市人民政府'
const records = (titles: readonly string[], days: readonly string[]) =>
  JSON.stringify(titles.map((title, n) => ({ title, url: `/s/${n}.html`, publishTime: days[n] })))
const STATIONS = ['示例市一区天气实况', '示例市二区天气实况', '示例市三区天气实况']

const SCRIPTS: readonly (readonly [name: string, html: string])[] = [
  [
    'what a search engine is told',
    script(
      `{"@context":"https://ziyuan.baidu.com/contexts/cambrian.jsonld","title":"示例门户","pubDate":"2024-03-15T08:00:00"}`,
      'application/ld+json',
    ),
  ],
  [
    'the site for search engines',
    script(
      `{"@context":"https://schema.org","@type":"WebSite","name":"示例门户","datePublished":"2024-03-15"}`,
      'application/ld+json',
    ),
  ],
  ['the page by itself', script(`var pageInfo={title:"${SITE}",publishTime:"2024-03-15 03:00:01"}`)],
  ['the site by itself', script(`window.SITE={"name":"${SITE}","pubDate":"2024-03-15 08:00:00"}`)],
  [
    'two banners',
    script(`var b=${records(['优化营商环境专题', '乡村振兴专题展示'], ['2024-03-14', '2024-03-13'])}`),
  ],
  [
    'weather of the hour',
    script(`var w=${records(STATIONS, ['2024-03-15 08:00', '2024-03-15 08:00', '2024-03-15 08:00'])}`),
  ],
]

export const BESIDE_PAGES: readonly FamilyPage[] = [
  ...SCRIPTS.flatMap(([name, html]) => both(`in a script beside a still list: ${name}`, OLD, STILL + html)),
  ...both(
    'in a script beside a still list: a list',
    NEW,
    STILL + script(`var l=${records(T.slice(0, 3), [NEW, '2024-03-08', '2024-03-01'])}`),
  ),
]
