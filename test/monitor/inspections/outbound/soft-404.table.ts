import { SITE_RULES } from '../../../../server/monitor/inspections/outbound/rules.ts'
import type { Tools } from '../../../../server/monitor/inspections/rule.ts'
import { probeSoft404 } from '../../../../server/monitor/links/soft-404.ts'
import { failedVisit } from '../../../../server/monitor/visit/run.ts'
import type { Visit } from '../../../../server/monitor/visit/visit.ts'
import type { Cause } from '../../../../shared/monitor/visit/probes.ts'
import { SITE } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

/** What a site answers for what is not there. `to`: it sends on to there first. */
export interface Answer {
  readonly status?: number
  readonly body?: string | ((url: string, n: number) => string)
  readonly to?: string
  readonly cause?: Cause
  readonly isBlocked?: true
}

const HOME =
  '<html><head><title>天河区人民政府</title></head><body><h1>天河区人民政府</h1><ul><li>天河区召开安全生产工作推进会</li><li>关于公布便民服务事项的通告</li></ul></body></html>'
const titled = (title: string, text: string) =>
  `<html><head><title>${title}</title></head><body><p>${text}</p></body></html>`
const SORRY = [
  '您访问的页面不存在，请检查地址是否正确，或者返回首页重新查找所需要的信息。',
  '对不起，您要查看的信息已被删除或者尚未发布，请与网站管理员联系，谢谢您的支持。',
  '系统繁忙，请稍后再试。如果问题一直存在，请拨打技术支持电话，我们将尽快为您处理。',
  'The page you are looking for does not exist. Please go back to the home page and try again.',
]

let visits = 0
function visitOf({ status = 200, body = '', to, cause, isBlocked }: Answer, url: string): Visit {
  const failed = failedVisit(cause ?? 'http_4xx')
  if (isBlocked) {
    return { ...failed, result: { ...failed.result, outcome: 'blocked', cause: 'blocked_firewall' } }
  }
  if (cause) return failed
  const said = status >= 500 ? 'http_5xx' : status >= 400 ? 'http_4xx' : null
  const text = typeof body === 'string' ? body : body(url, ++visits)
  return {
    result: {
      ...{ ...failed.result, outcome: said ? 'failed' : 'ok', cause: said, status },
      ...{ finalUrl: to ? new URL(to, url).href : url, redirects: to ? 1 : 0 },
    },
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: said ? null : new TextEncoder().encode(text),
  }
}

const FAULTY: readonly Answer[] = [
  { body: HOME },
  { body: HOME, to: '/' },
  { body: HOME, to: '/index.html' },
  { body: '<html><body>&nbsp;</body></html>' },
  { body: '<html><head><title></title></head><body></body></html>' },
  { body: '<html><body><script>location.href="/"</script></body></html>' },
  { body: titled('404', '404') },
  ...SORRY.map((text) => ({ body: titled('提示信息', text) })),
  ...SORRY.map((text) => ({ body: titled('出错了', text), to: '/error.html' })),
  { body: (url) => titled('没有找到', `没有找到 ${new URL(url).pathname}，请检查地址是否正确，返回首页。`) },
  { body: (_url, n) => titled('提示', `您是第 ${n} 位访问者，页面不存在，请返回首页重新查找需要的信息。`) },
  { body: (_url, n) => titled('提示', `<a href="/n${n}">相关推荐第 ${n} 条</a>`) },
  { body: titled('登录', '请登录后继续访问。用户名 密码 验证码 统一身份认证平台 忘记密码 注册新用户') },
  { body: titled('站内搜索', '为您搜索到以下相关内容：天河区召开会议；关于公布便民服务事项的通告。') },
  { body: HOME.replace('</ul>', '<li>您访问的页面不存在，已为您返回首页</li></ul>') },
  { body: titled('', '<meta http-equiv="refresh" content="3;url=/">页面不存在，三秒后返回首页') },
  { body: '{"code":404,"msg":"not found"}' },
  { body: titled('网站改版公告', '本网站已改版，原有地址不再使用，请从首页重新进入，敬请谅解。') },
]
const SOUND: readonly Answer[] = [
  ...[404, 410, 400, 403, 405, 451, 500, 501, 502, 503].flatMap((status) => [
    { status, body: titled('出错了', SORRY[0] ?? '') },
    { status, body: HOME },
    { status, to: '/error.html', body: titled('出错了', SORRY[1] ?? '') },
  ]),
  ...(
    [
      ...['timeout', 'refused', 'reset', 'dns_not_found', 'tls_expired'],
      ...['redirect_loop', 'empty', 'aborted', 'monitor_error'],
    ] as Cause[]
  ).map((cause) => ({ cause })),
  { isBlocked: true },
]

const RULE = SITE_RULES.find(({ id }) => id === 'soft-404')

export const saysOf = async (answer: Answer) => {
  const visit = async ({ url }: { url: string }) =>
    url === SITE.url ? visitOf({ body: HOME }, url) : visitOf(answer, url)
  const soft = () => probeSoft404({ visit }, SITE.url, new AbortController().signal)
  const said = await RULE?.measure(SITE, { kept: { soft } } as unknown as Tools)
  return said?.outcome ?? 'unmeasured'
}

/** What a site answers for what is not there: a page all the same; or that it is not there, or nothing. */
export const SOFT_PAGES = tableOf('soft-404', FAULTY, SOUND, saysOf)
