import { describe, expect, test } from 'vitest'
import { atOnce } from '../../../../server/base/slices.ts'
import { linksOf as linksForCrawl } from '../../../../server/monitor/inspections/page/extract.ts'
import { linksOf } from '../../../../server/monitor/inspections/page/links.ts'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'

const URL = 'http://www.thnet.gov.cn/a/index.html'
const bytes = (html: string) => new TextEncoder().encode(html)
const parse = (html: string) => parsePage(bytes(html), 'text/html; charset=utf-8', URL)

describe('links that lead from a base', () => {
  const page = `<base href="http://x.example/${'a/'.repeat(750_000)}">${'<a href=b>x</a>'.repeat(20_000)}`

  test('of megabytes lead from the page itself', () => {
    const { links, base } = parse(page)
    expect(base).toBe(URL)
    expect(new Set(links.map(({ href }) => href))).toEqual(new Set(['http://www.thnet.gov.cn/a/b']))
    const crawled = atOnce(linksForCrawl(bytes(page), 'text/html', URL, 1_500))
    expect(crawled.links.map(({ url }) => url.href)).toEqual(['http://www.thnet.gov.cn/a/b'])
  })

  test('lead from the first that says something, for rules and for the crawl', () => {
    const two = '<base target=_blank><base href="/b/"><base href="/c/"><a href=d>x</a>'
    expect(parse(two).links.map(({ href }) => href)).toEqual(['http://www.thnet.gov.cn/b/d'])
    const { links } = atOnce(linksForCrawl(bytes(two), 'text/html', URL, 10))
    expect(links.map(({ url }) => url.href)).toEqual(['http://www.thnet.gov.cn/b/d'])
  })

  test('are taken link by link, others having their turn between two', () => {
    const { elements, base } = parse('<a href=b>x</a>'.repeat(4_000))
    let turns = 0
    for (const steps = linksOf(elements, base); !steps.next().done; ) turns++
    expect(turns).toBeGreaterThanOrEqual(4_000)
  })
})
