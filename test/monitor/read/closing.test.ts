import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { closingNotice } from '../../../server/monitor/read/closing.ts'

const look = (html: string) => atOnce(closingNotice(html, '2026-03-10'))
const page = (inner: string) =>
  `<html><head><title>某局网站关停</title></head><body><div class="nav">首页</div>${inner}</body></html>`

describe('the notice that a site closes or moves', () => {
  it('is found in a bar, a window or a heading, however it is put, with the day from which', () => {
    expect(
      look(page('<div><p><b>关于本网站</b>停止服务的公告：自2026年4月12日起停止服务。</p></div>')),
    ).toEqual({
      text: '关于本网站停止服务的公告：自2026年4月12日起停止服务',
      on: '2026-04-12',
    })
    expect(look(page('<h2>网站迁移公告</h2>'))).toEqual({ text: '网站迁移公告', on: null })
    expect(look(page('<p>我站将于５月１日下线</p>'))?.on, 'the next such day').toBe('2026-05-01')
    expect(look(page('<p>本站已于1月5日整合至市政府门户</p>'))?.on).toBe('2027-01-05')
  })

  it('is the sentence that names a day before one that does not', () => {
    const html = page('<a>网站关停公告</a><p>各位网友：本网站将于2026-04-20关停。请访问新网站。</p>')
    expect(look(html)).toEqual({ text: '各位网友：本网站将于2026-04-20关停', on: '2026-04-20' })
  })

  it('is not news of others that close, nor what a script, a style or the title of the page says', () => {
    expect(look(page('<li>我市关停三家污染企业</li><li>本网站改版</li>'))).toBeNull()
    expect(look(page('<script>var t="本网站关停"</script><style>/* 网站下线 */</style>'))).toBeNull()
    expect(look(page(''))).toBeNull()
    expect(look('<<<>>')).toBeNull()
  })

  it('is a text that can be stored, wherever the page is cut', () => {
    const begins = `${'字'.repeat(20_400)}。本网站将于2026年4月15日关停`
    const found = look(`<p>${begins}${'x'.repeat(5 * 4_096 - 1 - '<p>'.length - begins.length)}😀😀</p>`)
    expect(found?.text.isWellFormed()).toBe(true)
  })
})
