import type { Cause } from '../../../../shared/monitor/visit/probes.ts'
import { visibleText } from './refresh.ts'

type BlockedCause = Extract<Cause, `blocked_${string}`>

export interface Signals {
  status: number
  headers: { readonly [name: string]: string }
  setCookies: readonly string[]
  /** The page as text if it is short or the status unusual, else null. */
  text: string | null
}

/** Challenges that a script has to answer: 瑞数 ($_ts), 加速乐 (__jsl), Aliyun (acw_sc), Cloudflare, 5秒盾. */
const CHALLENGE =
  /__jsl_clearance|acw_sc__v2|\$_ts\s*[=.[]|_cf_chl_opt|cf-chl-|\/cdn-cgi\/challenge-platform|yunsuo_session|srcurl=['"]?\s*\+|wzws-waf-cgi|(?:请|請)(?:开启|啟用|启用)\s*JavaScript.{0,20}(?:刷新|继续|重试)|enable JavaScript and cookies to continue/i

const CAPTCHA =
  /captcha|geetest|(?:拖动|滑动)(?:滑块|验证)|人机验证|安全验证|访问验证|输入.{0,8}验证码|verify (?:that )?you are (?:a )?human/i

/** Pages of the firewalls seen before Chinese sites: 安全狗, 云锁, 创宇盾, 360, D盾, 护卫神, 腾讯云, 阿里云, 绿盟, 安恒. */
const FIREWALL =
  /网站防火墙|web应用防火墙|安全狗|云锁|创宇盾|知道创宇|网站卫士|D盾|护卫神|玄武盾|waf\.tencent-cloud|errors\.aliyun\.com|edgeone|(?:请求|访问|操作|行为).{0,14}(?:被|已被|遭到).{0,8}(?:拦截|阻断|屏蔽)|(?:不合法|恶意|攻击|威胁|危险).{0,12}(?:拦截|阻断|禁止)|request (?:has been |was )?blocked|web application firewall|access denied.{0,200}reference #/is

const FIREWALL_FIELD = /safedog|safe3|anquanbao|360wzb|nsfocus|yunsuo|chuangyu|waf/i

/** Answers of a guard, not of a web server, when a signature comes with them. */
const GUARD_STATUSES = new Set([
  202, 400, 401, 403, 405, 406, 412, 418, 429, 444, 456, 468, 477, 493, 503, 521,
])

/** Above this, a page with status 200 is content even if it mentions a captcha. */
const MAX_CHALLENGE_TEXT = 200

function signatureIn(text: string): BlockedCause | null {
  if (CHALLENGE.test(text)) return 'blocked_challenge'
  if (CAPTCHA.test(text)) return 'blocked_captcha'
  return FIREWALL.test(text) ? 'blocked_firewall' : null
}

function signatureInHeaders({ status, headers, setCookies }: Signals): BlockedCause | null {
  if (headers['cf-mitigated'] === 'challenge') return 'blocked_challenge'
  if (setCookies.some((line) => line.startsWith('__jsl'))) return 'blocked_challenge'
  // A 5xx that merely came through a firewall is the failure of the server behind it.
  if (status >= 500) return null
  const isMarked = FIREWALL_FIELD.test(`${headers.server} ${headers['x-powered-by']} ${headers.via}`)
  return isMarked || Object.keys(headers).some((name) => FIREWALL_FIELD.test(name))
    ? 'blocked_firewall'
    : null
}

/**
 * Tells whether a firewall, a captcha or a rate limit answered in the site's place, and which. An ordinary 403
 * or 503 without any signature is the site's own answer.
 */
export function blockedCause(signals: Signals): BlockedCause | null {
  const { status, text } = signals
  if (status === 429) return 'blocked_rate_limit'
  const isGuard = GUARD_STATUSES.has(status)
  if (status !== 200 && !isGuard) return null
  const found = text === null ? null : signatureIn(text)
  if (isGuard) return found ?? signatureInHeaders(signals)
  return found && text !== null && visibleText(text).length <= MAX_CHALLENGE_TEXT ? found : null
}
