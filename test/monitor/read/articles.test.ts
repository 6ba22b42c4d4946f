import { describe, expect, test } from 'vitest'
import { list, page, read } from './snippets.ts'

const TITLE = '关于印发《县突发事件应急预案》的通知'
const STORY =
  '<p>各乡镇人民政府，县政府各部门：</p><p>会议定于2021年3月30日上午召开，请于2021年3月25日前报送材料。</p><p style="text-align:right">县人民政府办公室</p><p style="text-align:right">2021年3月1日</p>'

function article(line: string, { head = '', before = '', after = '' } = {}) {
  const body = `${before}<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政府信息公开目录</a></div><h1>${TITLE}</h1>${line}<div id="zoom">${STORY}</div>${after}`
  return read(page(body, head), { kind: 'article' })
}

describe('the date line of an article', () => {
  test.each([
    ['发布时间：2021-03-02', 'publish_label'],
    ['【字体：大 中 小】 发布日期:2021-03-02 09:34:09 浏览次数：', 'publish_label'],
    ['【来源：本站 发布时间：2021-03-02阅读次数： 】', 'publish_label'],
    ['<span>发布日期：</span><span>2021年3月2日</span>', 'publish_label'],
    ['<table><tr><td>发布日期：</td><td>2021-03-02</td></tr></table>', 'publish_label'],
    ['发布日期：<!-- 发布日期 begin -->2021-03-02<!-- end -->', 'publish_label'],
    ['发表时间：2021/3/2 10:11:12', 'publish_label'],
    ['发布时间：2021-03-02 星期二', 'publish_label'],
    ['信息时间：2021-03-02', 'posted_label'],
    ['上传日期：2021-03-02', 'posted_label'],
    ['来源：县林业局    时间：2021-03-02 13:41', 'plain_label'],
    ['来源：县林业局时间：2021-03-02 13:41', 'plain_label'],
    ['【时间：2021年03月02日 17:59】', 'plain_label'],
    ['<p><span>2021-03-02 02:06</span></p>', 'info_line'],
    ['2021-03-02 来源：县政府办 作者：张三 点击：12', 'info_line'],
    ['2021年03月02日 作者：张三 点击：[<script>show()</script>]', 'info_line'],
    ['<i>02</i><b>2021-03</b>', 'info_line'],
    ['更新时间：2021-03-02', 'update_label'],
    ['發佈時間：2021-03-02', 'publish_label'],
  ])('%s', (line, why) => {
    expect(article(`<div>${line}</div>`)).toMatchObject({
      newest: '2021-03-02',
      evidence: { why, text: TITLE },
    })
  })

  test('a publish date outranks the dates of signing, taking effect and lapsing', () => {
    const table = `<table><tr><td>发布机构:</td><td>县政府办</td><td>成文日期:</td><td><span>2021-03-01</span></td></tr>
      <tr><td>文号:</td><td>〔2021〕16号</td><td>发布日期:</td><td><span>2021-03-02</span></td></tr>
      <tr><td>实施日期:</td><td>2021-04-01</td><td>失效日期:</td><td>2026-04-01</td></tr></table>`
    expect(article('', { before: table }).newest).toBe('2021-03-02')
  })

  test('an update does not outrank the first publication', () => {
    expect(article('<p>更新时间：2021-03-20 发布时间：2021-03-02</p>').newest).toBe('2021-03-02')
  })

  test('lists beside the article are not the article', () => {
    const side = `<div class="hot">${list('2021-04-06', '2021-04-05')}</div>`
    expect(article('<p>2021-03-02 10:00</p>', { before: side, after: side }).newest).toBe('2021-03-02')
  })

  test('the article before and the one after are others', () => {
    const next = '<p>上一篇：<a href="2.html">关于召开全县工作会议的通知</a>(2021-04-01)</p>'
    expect(article('<p>来源：县政府办 2021-03-02</p>', { after: next }).newest).toBe('2021-03-02')
  })

  test('the time of a meeting in the story is not its publish date', () => {
    const story = '<p>时间：2021年3月30日上午9:00</p><p>地点：县政府会议室</p>'
    expect(article('<p>2021-03-02 08:00</p>', { after: story }).newest).toBe('2021-03-02')
  })

  test('the clock of the page head is not the article', () => {
    expect(article('<p>2021-03-02 08:00</p>', { before: '<p>今天是2021年4月7日 星期三</p>' }).newest).toBe(
      '2021-03-02',
    )
  })
})

describe('an article without a date line', () => {
  test('metas date nothing that the page does not show; what they say is told', () => {
    const head =
      '<meta name="PubDate" content="2021-03-02 06:23"><meta name="Maketime" content="2021-04-01 12:28:37">'
    const finding = read(page(`<h1>${TITLE}</h1><p>正文见附件。</p>`, head), { kind: 'article' })
    expect(finding).toMatchObject({ outcome: 'undated', newest: null })
    expect(finding.rejected).toEqual([
      { raw: '2021-03-02 06:23', why: 'meta_only' },
      { raw: '2021-04-01 12:28:37', why: 'generation_meta' },
    ])
  })

  test('an empty meta element is none', () => {
    expect(article('<p>2021-03-02 08:00</p>', { head: '<meta name="PubDate" content="">' }).newest).toBe(
      '2021-03-02',
    )
  })

  test('a shown date outranks the meta element', () => {
    expect(
      article('<p>发布时间：2021-03-02</p>', { head: '<meta name="PubDate" content="2021-03-09">' }).newest,
    ).toBe('2021-03-02')
  })

  test('the variable a script writes out', () => {
    const line = "<p>发布时间：<script>var pubdata='2021年03月02日'; document.write(pubdata)</script></p>"
    expect(article(line)).toMatchObject({
      newest: '2021-03-02',
      evidence: { where: 'script', why: 'publish_label' },
    })
  })

  test('a variable far from where it is written', () => {
    const line =
      '<p>发布时间：<span id="d"></span></p><script>var pubDate = "2021-03-02 10:00"; show()</script>'
    expect(article(line)).toMatchObject({
      newest: '2021-03-02',
      evidence: { where: 'script', why: 'script_variable' },
    })
  })

  test('linked data for search engines is shown as little', () => {
    const line =
      '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-02T09:00:00+08:00"}</script>'
    expect(article(line)).toMatchObject({ newest: '2021-03-01', evidence: { why: 'signature' } })
  })

  test('its own address', () => {
    const input = { kind: 'article' as const, url: 'http://www.example.gov.cn/zwgk/202103/t20210302_1.html' }
    expect(read(page(`<h1>${TITLE}</h1><p>正文见附件。</p>`), input)).toMatchObject({
      newest: '2021-03-02',
      evidence: { where: 'url', why: 'own_address' },
    })
  })

  test('the signature, for want of anything better', () => {
    expect(article('')).toMatchObject({ newest: '2021-03-01', evidence: { why: 'signature' } })
  })

  test('a signature in Han numerals', () => {
    expect(read(page(`<h1>${TITLE}</h1><p>二○二一年三月二日</p>`), { kind: 'article' }).newest).toBe(
      '2021-03-02',
    )
  })

  test('nothing at all is undated', () => {
    expect(read(page(`<h1>${TITLE}</h1><p>正文见附件。</p>`), { kind: 'article' })).toMatchObject({
      outcome: 'undated',
      reason: 'no_dates',
      newest: null,
      evidence: null,
    })
  })
})

test('an article is recognised when nobody says what the page is', () => {
  const html = page(
    `<h1>${TITLE}</h1><p>发布时间：2021-03-02</p>${list('2021-04-06')}`,
    '<meta name="ArticleTitle" content="通知">',
  )
  expect(read(html, { kind: undefined as never }).newest).toBe('2021-03-02')
})
