import { describe, expect, test } from 'vitest'
import { list, newest, page, REF, read } from './snippets.ts'

const LISTS = `<div class="hd"><h3>工作动态</h3></div>${list('2020-12-01', '2020-11-30', '2020-11-28')}`
const FILING = '粤ICP备05083647号-1 粤公网安备44010602000123号 网站标识码：4401000001'
const TITLE = '关于印发《县突发事件应急预案》的通知'
const article = (before: string, after = '') =>
  read(page(`${before}<h1>${TITLE}</h1><p>2021-03-02</p><p>各有关单位：现将有关事项通知如下。</p>${after}`), {
    kind: 'article',
  }).newest

describe('what is as new as today and says nothing of a page that stopped in December', () => {
  test.each([
    [
      '更新时间 in the foot',
      `<div><p>版权所有：某某县人民政府</p><p>${FILING}</p><p>更新时间：${REF}</p></div>`,
    ],
    ['a clock without a weekday', `<div class="top"><span>2021年4月7日</span><a href="/">设为首页</a></div>`],
    [
      'a clock beside the name of the site',
      `<table><tr><td>2021年4月7日</td><td><a href="/">某某县人民政府门户网站</a></td></tr></table>`,
    ],
    ['a clock to the second', `<p>${REF} 10:22:33</p>`],
    ['the weather', `<div>今日天气：多云转晴 22℃～30℃ 发布时间：${REF} 08:00</div>`],
    [
      'a forecast in a link',
      `<ul><li><a href="/tq/">某某县天气预报：晴</a><span>发布时间：${REF}</span></li></ul>`,
    ],
    ['the quality of the air', `<div><p>空气质量：良</p><p>PM2.5：35</p><p>更新时间：${REF} 10:00</p></div>`],
    [
      'the air in a table',
      `<table><tr><td>空气质量</td><td>优</td></tr><tr><td>发布时间</td><td>${REF} 10时</td></tr></table>`,
    ],
    [
      'days of a forecast',
      '<ul><li><a href="/tq/">某某县气象信息</a><span>今天</span><span>明天</span></li></ul>',
    ],
    [
      'the end of a survey',
      `<ul><li><a href="/dc/1.html">关于公交线路调整的意见征集</a><span>开始：2021-03-01</span><span>结束：${REF}</span></li></ul>`,
    ],
    [
      'a period with dots',
      `<ul><li><a href="/zp/1.html">公开招聘工作人员资格审查</a><em>（2021.03.01-2021.04.06）</em></li></ul>`,
    ],
    ['a countdown', `<div>倒计时：${REF} 00:00</div>`],
    [
      'letters',
      `<table><tr><th>编号</th><th>来信主题</th><th>来信时间</th></tr><tr><td>1</td><td><a href="/x/1.html">咨询社保转移手续如何办理</a></td><td>${REF}</td></tr><tr><td>2</td><td><a href="/x/2.html">建议增设公交站点的来信</a></td><td>2021-04-06</td></tr></table>`,
    ],
    [
      'letters with a state',
      `<ul><li><a href="/x/1.html">咨询社保转移手续如何办理</a><b>已回复</b><span>${REF}</span></li></ul>`,
    ],
    ['a text that is not shown', `<div style="display: none">发布时间：${REF}</div>`],
    ['a stamp that is not shown', `<div hidden>Produced By 网站群内容管理系统 publishdate:${REF}</div>`],
    ['a stamp that is shown', `<p>本页面生成时间：${REF} 10:00</p>`],
  ])('%s', (_, more) => {
    expect(newest(more + LISTS)).toBe('2020-12-01')
    expect(newest(LISTS + more)).toBe('2020-12-01')
    expect(newest(LISTS + more, { kind: 'list' })).toBe('2020-12-01')
    expect(article(more)).toBe('2021-03-02')
    expect(article('', more)).toBe('2021-03-02')
  })
})

describe('what does count', () => {
  test('the items of a tab that is not shown yet', () => {
    const tab = `<ul style="display:none"><li><a href="1.html">${TITLE}</a><span>2021-03-01</span></li></ul>`
    expect(newest(LISTS + tab)).toBe('2021-03-01')
  })

  test('news about the weather', () => {
    const news = `<ul><li><a href="1.html">县领导到气象台检查强降雨天气防范工作</a><span>2021-04-06</span></li></ul>`
    expect(newest(LISTS + news)).toBe('2021-04-06')
  })

  test('an item whose title has no address', () => {
    const items = [1, 2].map(
      (n) => `<li><a class="t">关于做好第${n}项工作的通知</a><span>2021-04-0${n}</span></li>`,
    )
    expect(newest(`<ul>${items.join('')}</ul>`)).toBe('2021-04-02')
  })

  test('the date below the heading, though a link beside it repeats the heading', () => {
    expect(article('', `<a href="/self.html" title="${TITLE}">${TITLE}</a>`)).toBe('2021-03-02')
  })

  test('the date beside buttons that share the page', () => {
    const share = '<div><a href="#" title="分享到QQ空间"></a><a href="#" title="分享到新浪微博"></a></div>'
    expect(read(page(`<h1>${TITLE}</h1><div>2021-03-02${share}</div>`), { kind: 'article' }).newest).toBe(
      '2021-03-02',
    )
  })

  test('the date of an article with its weekday', () => {
    expect(read(page(`<h1>${TITLE}</h1><p>2021-03-02 星期二</p>`), { kind: 'article' }).newest).toBe(
      '2021-03-02',
    )
  })
})

test('why a date is not believed is told', () => {
  const why = (more: string) => read(page(LISTS + more)).rejected.map((doubt) => doubt.why)
  expect(why(`<p>空气质量：优 发布时间：${REF}</p>`)).toContain('weather')
  expect(why(`<p style="display:none">发布时间：${REF}</p>`)).toContain('hidden')
  expect(why(`<p>距离开幕还有30天，截止${REF}</p>`)).toContain('countdown')
})

test('of a page longer than is read nobody says that it has no dates', () => {
  const long = page(`<!--${'x'.repeat(4_100_000)}-->${LISTS}`)
  expect(read(long)).toMatchObject({ outcome: 'unreadable', reason: 'too_long', newest: null })
  expect(read(page(`${LISTS}<!--${'x'.repeat(4_100_000)}-->`))).toMatchObject({
    newest: '2020-12-01',
    unseen: 'rest',
  })
})

test('a date in a summary takes no title from the date of the item', () => {
  const card = (n: number) =>
    `<div><p><b>0${n}</b><i>2021-03</i></p><div><h3><a href="${n}.html">关于做好第${n}项工作的通知</a></h3><p>2021-04-06上午，县领导到现场检查。</p></div></div>`
  expect(newest(`<div>${card(1)}${card(2)}</div>`)).toBe('2021-03-02')
})

test('a list in the data of a script is read whatever its members are called; validity is no publishing', () => {
  const entry = (n: number) =>
    `{bt:'关于做好第${n}项工作的通知',lj:'/v/${n}.html',rq:'2021-03-0${n}',yxqz:'2021-04-06'}`
  const script = `<script>var a=[${[1, 2, 3].map(entry).join()}];render(a)</script>`
  expect(read(page(script))).toMatchObject({
    newest: '2021-03-03',
    evidence: { where: 'script', why: 'script_list', href: '/v/3.html' },
  })
})
