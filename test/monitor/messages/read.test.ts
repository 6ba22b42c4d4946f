import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { answeredOn } from '../../../server/monitor/messages/answer.ts'
import { lettersOn } from '../../../server/monitor/messages/letters.ts'
import { messageWords } from '../../../server/monitor/messages/words.ts'
import { hotlineOn } from '../../../shared/census/letters/letters-rules.ts'
import {
  judgeMessages,
  type MessageReading,
  messageRulesOn,
} from '../../../shared/monitor/messages/messages-rules.ts'

const TODAY = '2026-03-10'
const URL = 'http://site.example.gov.cn/hdjl/index.html'
const words = messageWords(messageRulesOn(TODAY))
const listOf = (html: string) => atOnce(lettersOn(html, URL, TODAY, words))
const answerIn = (html: string) => atOnce(answeredOn(html, words))

describe('the letters that a message column lists', () => {
  it('are told by a table with the day of the answer', () => {
    const { letters } = listOf(`<table><tr><th>标题</th><th>来信日期</th><th>回复日期</th></tr>
      <tr><td><a href="a.html">路灯不亮</a></td><td>2026-01-05</td><td>2026-01-08</td></tr>
      <tr><td><a href="b.html">井盖松动</a></td><td>2025-11-01</td><td></td></tr></table>`)
    expect(letters.map(({ title, on, isAnswered }) => [title, on, isAnswered])).toEqual([
      ['路灯不亮', '2026-01-05', true],
      ['井盖松动', '2025-11-01', false],
    ])
  })

  it('or by a list that says what has become of each', () => {
    const { letters } =
      listOf(`<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">信息公开目录</a></li></ul>
      <ul><li><a href="1.html">请问居住证在哪里办理</a><span>[2026-02-01]</span>【已回复】</li>
      <li><a href="2.html">小区停车</a><span>2026-03-08</span>【处理中】</li>
      <li><a href="3.html">反映噪音有关情况</a> 2026-03-01</li></ul>`)
    expect(letters.map(({ on, isAnswered }) => [on, isAnswered])).toEqual([
      ['2026-02-01', true],
      ['2026-03-08', false],
      ['2026-03-01', null],
    ])
  })

  it('have no day where the page shows none, or one that is still to come', () => {
    const { letters } = listOf(`<ul><li><a href="1.html">请问居住证在哪里办理</a></li></ul>`)
    expect(letters).toMatchObject([{ on: null, isAnswered: null }])
    const later = listOf(`<ul><li><a href="1.html">请问居住证在哪里办理</a> 2027-01-01</li></ul>`)
    expect(later.letters).toMatchObject([{ on: null }])
  })

  it('go on on the next page, within the site alone', () => {
    expect(listOf('<a href="index_1.html">下一页</a>').next).toBe(
      'http://site.example.gov.cn/hdjl/index_1.html',
    )
    expect(listOf('<a href="http://elsewhere.example.com/">下一页</a>').next).toBeNull()
    expect(listOf('<script>createPageHTML(3, 1, "index", "html")</script>').next).toMatch(/index_2\.html$/)
    expect(listOf('<script>createPageHTML(3, 2, "index", "html")</script>').next).toBeNull()
  })

  it('lead to other columns from a page that only leads on', () => {
    expect(listOf('<a href="zx/">网上咨询</a><a href="jb/">举报投诉</a>').columns).toEqual([
      'http://site.example.gov.cn/hdjl/zx/',
    ])
  })

  it('are read of the worst pages in time', () => {
    const row = '<li><a href="x.html">请问居住证在哪里办理</a> 2026-02-01 已回复</li>'
    expect(listOf(row.repeat(4_000)).letters).toHaveLength(2_000)
    expect(listOf(row.repeat(4_000)).isCut).toBe(true)
    expect(listOf('<li>'.repeat(20_000)).letters).toEqual([])
    expect(listOf('<tr><td>'.repeat(20_000)).letters).toEqual([])
  })
})

describe('the page of a letter', () => {
  it.each([
    ['<p>答复内容：您好，已核实办理。</p>', true],
    ['<p>回复时间：2026-02-03 10:00</p>', true],
    ['<p>答复内容：</p><p>答复时间：</p>', false],
    ['<p>回复内容：暂无</p>', false],
    ['<p>办理状态：处理中</p>', false],
    ['<p>当前状态：已办结</p>', true],
    ['<p>来信内容：路灯不亮</p>', null],
  ])('%s', (html, said) => expect(answerIn(html)).toBe(said))
})

const reading = (more: Partial<MessageReading>): MessageReading => ({
  ...{ dated: 9, answered: 9, waiting: [], unclear: [], undated: 0, isWhole: true, isDrawn: false },
  ...more,
})
const verdictOf = (...readings: (Partial<MessageReading> | null)[]) =>
  judgeMessages(
    readings.map((one) => ({ reading: one && reading(one) })),
    TODAY,
  )
const waiting = (on: string) => ({ waiting: [{ on, title: '路灯', url: null }] })

describe('what is said of them (V5)', () => {
  it('three months are not yet too long, a day more is; older than a year counts no more', () => {
    expect(verdictOf(waiting('2025-12-10')).outcome).toBe('clear')
    expect(verdictOf(waiting('2025-12-09'))).toMatchObject({ outcome: 'found', count: 1 })
    expect(verdictOf(waiting('2025-03-10')).outcome).toBe('found')
    expect(verdictOf(waiting('2025-03-09')).outcome).toBe('clear')
  })

  it('is what the hotline says of the same', () => {
    expect(hotlineOn(TODAY).unanswered).toMatchObject({
      months: messageRulesOn(TODAY).months,
      withinMonths: messageRulesOn(TODAY).withinMonths,
    })
  })

  it('nothing, with the reason, where anything was not seen', () => {
    const why = (...readings: Parameters<typeof verdictOf>) => verdictOf(...readings).why
    expect(why()).toBe('noColumn')
    expect(why({}, null)).toBe('unread')
    expect(why({ isDrawn: true })).toBe('script')
    expect(why({ undated: 1 })).toBe('noDates')
    expect(why({ unclear: ['2025-11-01'] })).toBe('noMarks')
    expect(why({ unclear: ['2026-02-01'] })).toBeNull()
    expect(why({ isWhole: false })).toBe('tooMany')
    expect(why({ dated: 0 })).toBe('noLetters')
  })

  it('a letter that stands in two columns is one, and two without an address are two', () => {
    const late = waiting('2025-11-01')
    const linked = {
      waiting: [{ on: '2025-11-01', title: '路灯', url: 'http://site.example.gov.cn/1.html' }],
    }
    expect(verdictOf(linked, linked).count).toBe(1)
    expect(verdictOf(linked, late, late).count).toBe(3)
  })

  it('but one that has waited too long is found whatever else was not seen', () => {
    expect(verdictOf({ ...waiting('2025-11-01'), isWhole: false }, null).outcome).toBe('found')
  })
})
