import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { parseHead } from '../../../server/monitor/visit/http/head.ts'
import { isOthers, judgePage } from '../../../server/monitor/visit/page/judge.ts'
import { softRedirect } from '../../../server/monitor/visit/page/refresh.ts'
import { HOME } from './servers.ts'

function judge(status: number, body: string | Buffer, fields = '') {
  const head = parseHead(`HTTP/1.1 ${status} X\r\n${fields}\r\n`)
  const { outcome, cause } = judgePage(head!, Buffer.from(body as string), null)
  return `${outcome} ${cause}`
}

const page = (title: string, text: string, script = '') =>
  `<html><head><title>${title}</title>${script && `<script>${script}</script>`}</head><body>${text}</body></html>`

describe('something answered in the site’s place', () => {
  test.for([
    ['too many requests', 429, page('Too Many Requests', 'slow down'), '', 'blocked_rate_limit'],
    [
      '安全狗',
      403,
      page('网站防火墙', '您的请求带有不合法参数，已被网站管理员设置拦截！'),
      '',
      'blocked_firewall',
    ],
    ['创宇盾', 403, page('403', '当前访问疑似黑客攻击，已被创宇盾拦截。'), '', 'blocked_firewall'],
    [
      '阿里云',
      405,
      page('405', '很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。 errors.aliyun.com'),
      '',
      'blocked_firewall',
    ],
    ['腾讯云', 403, page('403', '<img src="https://waf.tencent-cloud.com/x.png">'), '', 'blocked_firewall'],
    ['D盾', 200, page('D盾_拦截提示', '正在访问的页面存在威胁，已被D盾拦截'), '', 'blocked_firewall'],
    [
      'a firewall that names itself in a field',
      403,
      page('403', 'Forbidden'),
      'X-Powered-By: WAF/2.0\r\n',
      'blocked_firewall',
    ],
    [
      '加速乐',
      521,
      '<script>document.cookie="__jsl_clearance=1|0|x";location.href=location.pathname</script>',
      '',
      'blocked_challenge',
    ],
    [
      '瑞数',
      412,
      `${page('', '', 'var $_ts=window["$_ts"];')}${'x'.repeat(50_000)}`,
      '',
      'blocked_challenge',
    ],
    ['瑞数 with 202', 202, page('', '', 'var $_ts=window["$_ts"];'), '', 'blocked_challenge'],
    [
      'Aliyun’s cookie challenge',
      200,
      page('', '', "var arg1='1';setCookie('acw_sc__v2',arg2);document.location.reload()"),
      '',
      'blocked_challenge',
    ],
    [
      'Cloudflare',
      503,
      page('Just a moment...', 'Enable JavaScript and cookies to continue', 'window._cf_chl_opt={}'),
      'cf-mitigated: challenge\r\n',
      'blocked_challenge',
    ],
    ['a captcha', 200, page('安全验证', '请输入图中的验证码后继续访问'), '', 'blocked_captcha'],
    ['a slider', 403, page('', '请拖动滑块完成验证'), '', 'blocked_captcha'],
  ] as const)('%s', ([, status, body, fields, cause]) => {
    expect(judge(status, body, fields)).toBe(`blocked ${cause}`)
  })

  test('also when it says so in GBK', () => {
    expect(judge(403, iconv.encode(page('网站防火墙', '您的请求已被拦截'), 'gbk'))).toBe(
      'blocked blocked_firewall',
    )
  })
})

describe('the site’s own answer', () => {
  test.for([
    ['an ordinary 403', 403, page('403 Forbidden', '<center>nginx</center>'), '', 'failed http_4xx'],
    [
      'the 403 of IIS in Chinese',
      403,
      page('禁止访问', '禁止访问: 访问被拒绝。您无权查看该网页。'),
      '',
      'failed http_4xx',
    ],
    ['a 404 that speaks of a firewall', 404, page('404', '网站防火墙'), '', 'failed http_4xx'],
    ['an ordinary 503', 503, page('Service Unavailable', ''), '', 'failed http_5xx'],
    ['a 502 behind a firewall', 502, page('502', ''), 'X-WAF: on\r\n', 'failed http_5xx'],
    ['a 503 behind a firewall', 503, page('503', 'Service Unavailable'), 'X-WAF: on\r\n', 'failed http_5xx'],
    [
      'a home page with a captcha in its login form',
      200,
      page('首页', `${HOME}<input name="captcha">验证码`),
      '',
      'ok null',
    ],
    [
      'a long home page that reports on a firewall',
      200,
      page('首页', `网站防火墙${HOME.repeat(20)}`),
      '',
      'ok null',
    ],
    ['a short but real page', 200, page('某街道办', '办公电话 020-12345678'), '', 'ok null'],
  ] as const)('%s', ([, status, body, fields, verdict]) => {
    expect(judge(status, body, fields)).toBe(verdict)
  })
})

describe('signposts', () => {
  test.for([
    [
      'a page with content that also reloads elsewhere',
      `<meta http-equiv="refresh" content="60;url=/x">${HOME}`,
    ],
    ['a navigation page', `${'<a href="/x">栏目</a>'.repeat(5)}<script>location.href="/x"</script>`],
    ['a comparison', '<script>if (location.href == "/x") go()</script>'],
    ['a computed target', '<script>location.href = "/x" + location.search</script>'],
    ['a variable of that name', '<script>var mylocation = "/x"; my.location_ = "/y"</script>'],
    ['a reload without a target', '<meta http-equiv="refresh" content="30">'],
  ] as const)('%s is none', ([, html]) => {
    expect(softRedirect(html)).toBeNull()
  })

  test.for([
    ['<META HTTP-EQUIV=REFRESH CONTENT="0; URL=index.asp">', 'index.asp'],
    [`<meta content='5;url="/new/"' http-equiv='refresh'>`, '/new/'],
    ['<meta http-equiv="refresh" content="0;/index.html">', '/index.html'],
    ["<script>\n<!--\nwindow.location = 'http://www.gz.gov.cn/'\n//-->\n</script>", 'http://www.gz.gov.cn/'],
    ['<body onload="window.location.href=\'main.jsp\'">', 'main.jsp'],
    ['<script>top.location.replace("/m/")</script>', '/m/'],
    ['<script>document.location.assign( "/m/" )</script>', '/m/'],
    ['<script>window.navigate("/ie/")</script>', '/ie/'],
  ] as const)('%s leads on', ([html, target]) => {
    expect(softRedirect(html)?.target).toBe(target)
  })
})

test('a challenge that a browser has drawn is one however much its script brought, and what a site says of one is not', () => {
  const drawn = (text: string) =>
    isOthers(Buffer.from(page('某局', `<style>${'.slider{left:0}'.repeat(900)}</style>${text}`)))
  expect(drawn('<p>请拖动滑块完成验证</p>')).toBe(true)
  expect(drawn('<p>您的访问行为存在威胁，已被拦截</p>')).toBe(true)
  expect(drawn(`<p>请拖动滑块完成验证</p>${'<p>关于召开会议的通知</p>'.repeat(40)}`)).toBe(false)
  expect(drawn('<p>本局依法履行职责</p>')).toBe(false)
})

const MATERIAL = join(import.meta.dirname, '../../../../shared/material/pages')

function htmlFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.s?html?$/i.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

test('no real page kept for tests is taken for a block page', ({ skip }) => {
  const files = (() => {
    try {
      return htmlFiles(MATERIAL)
    } catch {
      return skip(`${MATERIAL} is not here: real pages were not tried`)
    }
  })()
  // A browser gives a page without its scripts.
  const drawn = (path: string) =>
    Buffer.from(readFileSync(path, 'latin1').replace(/<(script|noscript)\b[\s\S]*?<\/\1\s*>/gi, ''), 'latin1')
  const blocked = files.filter(
    (path) => judge(200, readFileSync(path)).startsWith('blocked') || isOthers(drawn(path)),
  )
  expect(blocked).toEqual([])
  expect(files.length).toBeGreaterThan(0)
})
