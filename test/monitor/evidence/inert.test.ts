import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { inertPage } from '../../../server/monitor/evidence/inert.ts'
import { inertRules, inertStyle } from '../../../server/monitor/evidence/style.ts'
import { readPage } from '../../../server/monitor/read/read.ts'
import { hostilePage } from './hostile.ts'

const TRAP = 'http://trap.example'
const TODAY = '2026-03-10'
const bodyOf = (html: string) => /<body>([\s\S]*)<\/body>/.exec(html)?.[1] ?? ''

describe('a kept page', () => {
  it('shows the words of a hostile page and none of its means', () => {
    const page = atOnce(inertPage(hostilePage(TRAP), null, TODAY))
    for (const word of ['标题', '正文', '外链', '格', '图片']) expect(page).toContain(word)
    expect(page, 'no element that loads or runs').not.toMatch(
      /<(?:script|iframe|frame|object|embed|applet|svg|math|base|link|form|input|button|video|audio|template|meta http)/i,
    )
    const tags = bodyOf(page).match(/<[^>]*>/g) ?? []
    expect(tags.filter((tag) => /\s(?:on\w+|href|src|srcset|action|background|ping)=/i.test(tag))).toEqual([])
    const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, css]) => css).join()
    expect(styles).not.toMatch(/url|@import|trap\.example/)
    expect(styles, 'harmless rules stay').toContain('color:red')
  })

  it('keeps pictures that are in the page itself, but no drawings', () => {
    const gif = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
    expect(atOnce(inertPage(`<img src="${gif}" alt="点">`, null, TODAY))).toContain(
      `<img src="${gif}" alt="点">`,
    )
    expect(
      atOnce(inertPage('<img src="data:image/svg+xml,<svg onload=alert(1)>" alt="画">', null, TODAY)),
    ).not.toContain('<img')
  })

  it('tells where a link led without leading there', () => {
    const page = bodyOf(atOnce(inertPage('<a href="/a?b=1&amp;c=%22">通知</a>', null, TODAY)))
    expect(page).toBe('<a title="/a?b=1&amp;c=%22">通知</a>')
  })

  it('marks the date that the verdict rests on, and the title that it belongs to', () => {
    const html = `<html><body><ul><li><a href="/1.html">关于开展检查的通知</a><span>2026-03-09</span></li>
<li><a href="/2.html">关于举行会议的通知</a><span>2026-03-02</span></li></ul></body></html>`
    const { evidence } = readPage({ bytes: Buffer.from(html), kind: 'home', ref: '2026-03-10' })
    const page = bodyOf(atOnce(inertPage(html, evidence, TODAY)))
    expect(page).toContain('<span><mark id="siteward-evidence">2026-03-09</mark></span>')
    expect(page).toContain('class=" siteward-item">关于开展检查的通知')
    expect(page.match(/<mark /g)).toHaveLength(1)
  })

  it('lets no page pretend to carry the mark', () => {
    expect(atOnce(inertPage('<div id="siteward-evidence">x</div>', null, TODAY))).not.toContain(
      'id="siteward-evidence"',
    )
  })

  it('takes a megabyte of open elements, or of one attribute, and ends', () => {
    expect(atOnce(inertPage('<div><b>'.repeat(130_000), null, TODAY))).toContain('<div><b><div>')
    atOnce(inertPage(`<p title="${'<'.repeat(1_000_000)}">`, null, TODAY))
    atOnce(inertPage(`<style>${'a{b:\\75rl('.repeat(100_000)}</style>`, null, TODAY))
    atOnce(inertPage('<!--'.repeat(250_000), null, TODAY))
  })

  it('never lets through what it does not know, whatever the bytes', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '=',
        '/',
        '<script',
        '<svg ',
        'onload=',
        '</style',
        '<style>',
        '<!--',
        '-->',
        'url(',
      ),
      fc.string({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const page = atOnce(inertPage(pieces.join(''), null, TODAY))
        const after = page.slice(page.indexOf('<body>'))
        for (const tag of after.match(/<[a-z!?][^>]*>/gi) ?? []) {
          expect(tag).not.toMatch(/^<(?:script|svg|style|iframe|!)/i)
          expect(tag.replace(/"[^"]*"/g, '""')).not.toMatch(/\bon\w+\s*=/i)
        }
      }),
    )
  })
})

describe('styles', () => {
  it('see through escapes and comments', () => {
    expect(inertStyle('color:red;background:\\75 rl(x)')).toBe('color:red')
    expect(inertStyle('background:u/**/rl(x)')).not.toContain('url(')
    expect(inertRules('a{b:ur/* */l(x)}')).not.toContain('url(')
    expect(inertRules('@\\69mport "x";a{color:red}')).not.toContain('@import')
    expect(inertRules('a{}</sty\\6ce><img>')).not.toContain('<')
    expect(inertRules(`a{color:red}${'/* '.repeat(33_000)}`).trim()).toBe('a{color:red}')
  })
})
