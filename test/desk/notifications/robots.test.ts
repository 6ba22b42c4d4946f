import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { toMarkdown, toPlainText } from '../../../server/desk/notices/render.ts'
import { alertLine } from '../../../server/desk/notices/words.ts'
import { readRobotAnswer, robotRequest } from '../../../server/desk/notifications/channels/robots.ts'
import { hideSecrets, withoutKey } from '../../../server/desk/notifications/channels/secrets.ts'
import { GIVE_UP_MS, nextTry, roomAt } from '../../../server/desk/notifications/delivery/retry.ts'
import { parseRetryAfter } from '../../../server/desk/notifications/delivery/send.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { Notice } from '../../../shared/desk/notifications/notifications.ts'
import { TUESDAY } from '../../support/clock.ts'
import { anAlert } from './alerts.ts'

const CHINESE = { language: 'zh', names: new Map(), now: TUESDAY } as const

const message = { title: '【天河区】告警 1 条', markdown: '### 【天河区】告警 1 条' }
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => alertLine(anAlert(index + 1), 'opened', CHINESE))
const aNotice = (count: number): Notice => ({
  title: '【天河区】告警',
  summary: '未恢复。',
  lines: lines(count),
  more: 0,
  language: 'zh',
})

test('a source is named in a notice as on screen: by its platform, without what a rule knows the problem by', () => {
  const evidence = { kind: 'source', key: '天河集约化平台 · 公告 · 附件', sites: 3 } as const
  const shared = anAlert(1, { siteId: null, siteName: null, rule: 'PLATFORM', evidence })
  expect(alertLine(shared, 'opened', CHINESE).text).toContain('】天河集约化平台：')
})

test.each([
  ['zh', '首页无发布日期，视为不更新；页面未能渲染，仅据网页源码判断'],
  ['en', 'no dated item on the home page; judged by the source alone, the page could not be rendered'],
] as const)('a notice of a verdict on a page that nobody could render says so (%s)', (language, sentence) => {
  const told = (rendered: 'drawn' | 'no_renderer') =>
    alertLine(anAlert(1, { rule: 'V2', evidence: { newest: null, rendered } }), 'opened', {
      ...CHINESE,
      language,
    }).text
  expect(told('no_renderer')).toContain(sentence)
  expect(told('drawn')).not.toContain(sentence.slice(-12))
})

describe('what robots are sent', () => {
  test('DingTalk: signed in its address over time and secret', () => {
    const { url, body } = robotRequest(
      'dingtalk',
      { url: 'https://oapi.dingtalk.com/robot/send?access_token=abc', secret: 'SEC1' },
      message,
      TUESDAY,
    )
    const sign = createHmac('sha256', 'SEC1').update(`${TUESDAY}\nSEC1`).digest('base64')
    expect(url.searchParams.get('sign')).toBe(sign)
    expect(url.search).toContain(`sign=${encodeURIComponent(sign)}`)
    expect(url.searchParams.get('timestamp')).toBe(String(TUESDAY))
    expect(body).toEqual({ msgtype: 'markdown', markdown: { title: message.title, text: message.markdown } })
  })

  test('Feishu: signed in its body, with time and secret as the key of nothing, in seconds', () => {
    const { body } = robotRequest(
      'feishu',
      { url: 'https://open.feishu.cn/open-apis/bot/v2/hook/x', secret: 'S' },
      message,
      TUESDAY,
    )
    const timestamp = String(TUESDAY / 1000)
    expect(body).toMatchObject({
      timestamp,
      sign: createHmac('sha256', `${timestamp}\nS`).update('').digest('base64'),
      msg_type: 'interactive',
      card: { elements: [{ tag: 'markdown', content: message.markdown }] },
    })
  })

  test('WeCom: markdown, and the key stays in the address', () => {
    const { url, body } = robotRequest(
      'wecom',
      { url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k' },
      message,
      TUESDAY,
    )
    expect(url.search).toBe('?key=k')
    expect(body).toEqual({ msgtype: 'markdown', markdown: { content: message.markdown } })
  })

  test.each([
    ['{"errcode":0,"errmsg":"ok"}', true, '0', false],
    ['{"code":0,"msg":"success"}', true, '0', false],
    ['{"errcode":45009,"errmsg":"api freq out of limit"}', false, '45009', false],
    ['{"errcode":310000,"errmsg":"sign not match"}', false, '310000', true],
    ['{"code":19021,"msg":"sign match fail"}', false, '19021', true],
    ['<html>gateway</html>', false, 'bad_answer', false],
    ['null', false, 'bad_answer', false],
  ])('the answer %s', (text, ok, code, isFinal) => {
    expect(readRobotAnswer(text)).toMatchObject({ ok, code, isFinal })
  })
})

describe('the length of a message', () => {
  test('640 sites fit into the 4096 bytes of WeCom by whole lines, and the rest is counted', () => {
    const text = toMarkdown(aNotice(640), 'https://monitor.gz.gov.cn', 4096)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096)
    const shown = text.split('\n').filter((line) => line.startsWith('- '))
    expect(shown.length).toBeGreaterThan(15)
    expect(shown.every((line) => line.endsWith(')'))).toBe(true)
    expect(text.split('\n').at(-1)).toBe(`…另有 ${640 - shown.length} 条`)
  })

  test('a short one is whole, and without a public address it has no links', () => {
    expect(toMarkdown(aNotice(2), undefined, 4096)).not.toMatch(/另有|\]\(/)
  })

  test('a site cannot call everybody or forge a link by its name', () => {
    const line = alertLine(anAlert(1, { siteName: '<at id=all></at>[x](http://evil)' }), 'opened', CHINESE)
    const text = toMarkdown({ ...aNotice(0), lines: [line] }, undefined, 4096)
    expect(text).not.toContain('<at')
    expect(text).not.toContain('[x](')
  })

  test('mail has the same lines, each with its address', () => {
    expect(toPlainText(aNotice(1), 'https://monitor.gz.gov.cn')).toContain(
      'https://monitor.gz.gov.cn/alerts/1',
    )
  })
})

test('an English reader gets English', () => {
  const { text } = alertLine(anAlert(1, { openedMs: TUESDAY }), 'opened', { ...CHINESE, language: 'en' })
  expect(text).toBe('[New · major] 天河区第1街道办事处: down (over 15 s), since 03-10 10:00')
})

describe('trying again', () => {
  const failed = { attempts: 1, createdMs: TUESDAY, retryAfterMs: null }

  test('later and later, up to a quarter of an hour', () => {
    const waits = [1, 2, 3, 10].map((attempts) => (nextTry({ ...failed, attempts }, TUESDAY) ?? 0) - TUESDAY)
    expect(waits).toEqual([10 * SECOND, 20 * SECOND, 40 * SECOND, 15 * MINUTE])
  })

  test('a mail server that is down for an hour costs nothing but time; after twelve hours it is given up', () => {
    let now = TUESDAY
    let attempts = 0
    while (now < TUESDAY + HOUR) now = nextTry({ ...failed, attempts: ++attempts }, now) ?? Number.NaN
    expect(now).toBeLessThan(TUESDAY + HOUR + 15 * MINUTE)
    expect(attempts).toBeLessThan(15)
    expect(nextTry({ ...failed, attempts }, TUESDAY + GIVE_UP_MS)).toBeNull()
  })

  test('not before an endpoint that is busy wants it, in seconds or by date', () => {
    expect(parseRetryAfter('120', TUESDAY)).toBe(2 * MINUTE)
    expect(parseRetryAfter(new Date(TUESDAY + HOUR).toUTCString(), TUESDAY)).toBe(HOUR)
    expect(parseRetryAfter('soon', TUESDAY)).toBeNull()
    expect(nextTry({ ...failed, retryAfterMs: 2 * MINUTE }, TUESDAY)).toBe(TUESDAY + 2 * MINUTE)
  })

  test('a robot that spoke twenty times this minute rests until the first of them is a minute old', () => {
    const sent = Array.from({ length: 20 }, (_, index) => TUESDAY + index * SECOND)
    expect(roomAt(sent, 20, MINUTE)).toBe(TUESDAY + MINUTE)
    expect(roomAt(sent.slice(1), 20, MINUTE)).toBeNull()
  })
})

test('what is secret shows neither in an address nor in what an endpoint repeats', () => {
  const url = 'https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef'
  expect(withoutKey(url)).toBe('https://oapi.dingtalk.com/robot/…')
  expect(hideSecrets('bad token 0123456789abcdef for SECRET99', { url, secret: 'SECRET99' })).toBe(
    'bad token … for …',
  )
})
