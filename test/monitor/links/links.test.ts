import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { isInside, kindOf, linkUrl, shapeOf } from '../../../server/monitor/inspections/page/address.ts'
import { linksOf } from '../../../server/monitor/inspections/page/extract.ts'
import { judgeLink, sightOf } from '../../../server/monitor/links/rules.ts'
import { linkRule } from '../../../shared/monitor/links/links.ts'
import { brokenOf, linkPoints, linksSeverity } from '../../support/rules-2015.ts'

const HOME = 'http://gz.example/'
const linksIn = (html: string, limit = 100, url = HOME) =>
  atOnce(linksOf(Buffer.from(html), 'text/html', url, limit))
const first = { kind: 'page', visits: 0, gone: 0 } as const

describe('which links a page has', () => {
  it('takes links, pictures, frames and the addresses of list boxes, each once, as a browser resolves them', () => {
    const { links } = linksIn(`<base href="/portal/"><a href="a.html#top">甲</a><a href="a.html">又是甲</a>
<a href="//other.example/x">外</a><a href="mailto:a@b.c">信</a><a href="javascript:void(0)">脚本</a><a href="#">顶</a>
<img src="p.png" alt="图"><a href="b.html"><img src="b.gif" alt="乙"></a><iframe src="/frame.html"></iframe>
<select><option value="http://gov.example/">门户</option><option value="3">三</option></select>
<a href="/files/form.doc">申请表</a><a href="/sb/">网上申报</a>`)
    expect(links.map(({ url, kind, text }) => [url.href, kind, text])).toEqual([
      ['http://gz.example/portal/a.html', 'page', '甲'],
      ['http://other.example/x', 'page', '外'],
      ['http://gz.example/portal/p.png', 'picture', '图'],
      ['http://gz.example/portal/b.html', 'page', '乙'],
      ['http://gz.example/portal/b.gif', 'picture', '乙'],
      ['http://gz.example/frame.html', 'page', ''],
      ['http://gov.example/', 'page', '门户'],
      ['http://gz.example/files/form.doc', 'attachment', '申请表'],
      ['http://gz.example/sb/', 'system', '网上申报'],
    ])
  })

  it('takes the first of 100,000 links and says that there are more', () => {
    const page = Array.from({ length: 100_000 }, (_, n) => `<a href="/n/${n}">${n}</a>`).join('')
    const { links, isCut } = linksIn(page, 1_500)
    expect(links).toHaveLength(1_500)
    expect(isCut).toBe(true)
  })

  it('refuses addresses that only a generator makes', () => {
    expect(linkUrl(`/${'a/'.repeat(30)}`, HOME)).toBeNull()
    expect(linkUrl('/list/list/list/list/list', HOME)).toBeNull()
    expect(linkUrl(`/${'x'.repeat(3_000)}`, HOME)).toBeNull()
    expect(linkUrl('http://user:pass@gz.example/', HOME)).toBeNull()
    expect(linkUrl('http://[::1', HOME)).toBeNull()
  })

  it('sees what addresses of one template have in common', () => {
    const shape = (href: string) => shapeOf(new URL(href, HOME))
    expect(shape('/day/2026-03-10?page=1&id=7')).toBe(shape('/day/2019-01-02?id=8&page=99'))
    expect(shape('/news/1.html')).not.toBe(shape('/notice/1.html'))
  })

  it('knows its own host, with or without www', () => {
    expect(isInside(new URL('https://www.gz.example/x'), HOME)).toBe(true)
    expect(isInside(new URL('http://gz.example.evil.example/'), HOME)).toBe(false)
  })

  it('knows attachments by their names and systems by their words', () => {
    const url = (path: string) => new URL(path, HOME)
    expect(kindOf(url('/a/申请表.DOCX'), '', false)).toBe('attachment')
    expect(kindOf(url('/download.jsp?id=3'), '下载', false)).toBe('page')
    expect(kindOf(url('/x'), '办事大厅预约系统', false)).toBe('system')
  })
})

describe('what a visit says of a link', () => {
  it('404 or 410 on two visits are certain', () => {
    const once = judgeLink(first, 'gone')
    expect(once).toEqual({ state: 'waiting', gone: 1 })
    expect(judgeLink({ kind: 'page', visits: 1, gone: 1 }, 'gone').state).toBe('confirmed')
  })

  it('a server that answers differently on each visit is at most suspected, and fine if it opens once', () => {
    expect(judgeLink({ kind: 'page', visits: 1, gone: 1 }, 'broken').state).toBe('suspected')
    expect(judgeLink({ kind: 'page', visits: 1, gone: 0 }, 'gone').state).toBe('suspected')
    expect(judgeLink({ kind: 'page', visits: 1, gone: 1 }, 'fine').state).toBe('fine')
  })

  it('an online system that is out of reach twice is certain', () => {
    expect(judgeLink({ kind: 'system', visits: 1, gone: 0 }, 'broken').state).toBe('confirmed')
  })

  it('a firewall or our own monitor is held against nobody', () => {
    expect(sightOf({ outcome: 'blocked', cause: 'blocked_firewall', status: 403 })).toBe('unknown')
    expect(sightOf({ outcome: 'failed', cause: 'refused_address', status: null })).toBe('unknown')
    expect(judgeLink({ kind: 'system', visits: 1, gone: 0 }, 'unknown').state).toBe('unmeasured')
  })

  it('403 is no 404', () => {
    expect(sightOf({ outcome: 'failed', cause: 'http_4xx', status: 403 })).toBe('broken')
    expect(sightOf({ outcome: 'failed', cause: 'http_4xx', status: 410 })).toBe('gone')
  })
})

describe('what it costs', () => {
  it('one indicator for each link: system, attachment, home page, elsewhere', () => {
    expect(linkRule('system', true)).toBe('S10')
    expect(linkRule('attachment', true)).toBe('S9b')
    expect(linkRule('picture', true)).toBe('S2a')
    expect(linkRule('page', false)).toBe('S2b')
  })

  it('13 links of other pages cost 1.3, as in a report of 2015', () => {
    expect(linkPoints('S2b', 13)).toBe(1.3)
    expect(linkPoints('S2a', 2)).toBe(2)
    expect(linkPoints('S10', 1)).toBe(3)
  })
})

describe('when broken links ask for an alert', () => {
  const none = { S2a: 0, S2b: 0, S9b: 0, S10: 0 }
  it.each([
    ['none', {}, null],
    ['one on the home page', { S2a: 1 }, 'minor'],
    ['four on the home page', { S2a: 4 }, 'minor'],
    ['five on the home page', { S2a: 5 }, 'major'],
    ['49 on other pages', { S2b: 49 }, null],
    ['50 on other pages', { S2b: 50 }, 'major'],
    ['a system and an attachment', { S10: 1, S9b: 1 }, null],
    ['a system and two attachments', { S10: 1, S9b: 2 }, 'major'],
  ] as const)('%s', (_, counts, severity) => {
    expect(linksSeverity(brokenOf({ ...none, ...counts }))).toBe(severity)
  })
})
