import type { Language } from '../../../shared/base/language.ts'
import type { NamedPlace } from '../../../shared/base/places.ts'
import { daysBetween, localDay, localTime } from '../../../shared/base/time.ts'
import type { Alert, AlertRule, Severity } from '../../../shared/desk/alerts/alerts.ts'
import type { LineChange, NoticeLine } from '../../../shared/desk/notifications/notifications.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { type Cause, causeGroup } from '../../../shared/monitor/visit/probes.ts'
import { rulesInForce } from '../../monitor/verdicts/in-force.ts'

type Both = Readonly<Record<Language, string>>
const both = (zh: string, en: string): Both => ({ zh, en })

export const SEVERITY: Record<Severity, Both> = {
  critical: both('严重', 'critical'),
  major: both('重要', 'major'),
  minor: both('提示', 'minor'),
}
export const CHANGE: Record<LineChange, Both> = {
  opened: both('新告警', 'New'),
  raised: both('调高级别', 'Raised'),
  forgotten: both('确认到期', 'Acknowledgement over'),
  resolved: both('已恢复', 'Resolved'),
  passed: both('曾告警，已恢复', 'Was there, is over'),
  firing: both('持续', 'Still there'),
  direct: both('', ''),
  'rectification.overdue': both('整改逾期', 'Rectification overdue'),
  'rectification.returned': both('整改退回', 'Rectification returned'),
  'rectification.closed': both('整改办结', 'Rectification closed'),
  'rectification.relapsed': both('整改复发', 'Rectification relapsed'),
  'pause.filed': both('停测待批准', 'Downtime to be approved'),
  'pause.approved': both('停测已定', 'Downtime planned'),
  'pause.cancelled': both('停测取消', 'Downtime called off'),
  'pause.ended': both('停测结束', 'Downtime over'),
}
const CAUSE_GROUP: Record<ReturnType<typeof causeGroup>, Both> = {
  network: both('网络连接失败', 'network failure'),
  tls: both('证书或加密错误', 'certificate or TLS fault'),
  http: both('服务器返回错误', 'HTTP error'),
  content: both('页面内容异常', 'no proper page'),
  blocked: both('访问被拦截', 'blocked'),
  monitor: both('监测端异常', 'fault of the monitor'),
}
/** Those that say more than their group, in few words. */
const CAUSE: Partial<Record<Cause, Both>> = {
  dns_not_found: both('域名不存在', 'no such name'),
  dns_failed: both('域名解析失败', 'name look-up failed'),
  dns_timeout: both('域名解析超时', 'name look-up timed out'),
  refused: both('连接被拒绝', 'connection refused'),
  timeout: both('超时 15 秒', 'over 15 s'),
  tls_expired: both('证书过期', 'certificate expired'),
  empty: both('空白页', 'empty page'),
}

/** What groups of sites are called, by their codes; under '' all of them together. */
export type PlaceNames = ReadonlyMap<string, NamedPlace>

export function placeName(place: string | null, names: PlaceNames, language: Language): string {
  const named = names.get(place ?? '')
  return (language === 'zh' ? named?.name : named?.nameEn) ?? place ?? ''
}

/** Local 'MM-DD HH:MM'. */
export const moment = (atMs: number) => `${localDay(atMs).slice(5)} ${localTime(atMs)}`

/** What an alert is about, in one sentence with its figures. */
export function verdictSentence(alert: Alert, language: Language, now: number): string {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en)
  const { evidence, severity } = alert
  const {
    cause,
    status,
    share = 0,
    newest,
    days = 0,
    sites = 0,
    down = sites,
    asked = 0,
    answered = 0,
  } = evidence
  const bySay: Record<AlertRule, () => string> = {
    DOWN: () => say(`打不开（${causeIn(cause, status, 'zh')}）`, `down (${causeIn(cause, status, 'en')})`),
    V1: () => {
      const limit = severity === 'critical' ? rulesInForce().v1VetoPercent : rulesInForce().v1WarnPercent
      return say(
        `7 日访问失败 ${share}%（限 ${limit}%）`,
        `${share}% of 7 days' visits failed (limit ${limit}%)`,
      )
    },
    V2: () => {
      const age = newest ? daysBetween(newest, localDay(now)) : null
      return age === null
        ? say('首页无发布日期，视为不更新', 'no dated item on the home page')
        : say(
            `${age} 天未更新（限 ${rulesInForce().v2VetoDays} 天）`,
            `not updated for ${age} days (limit ${rulesInForce().v2VetoDays})`,
          )
    },
    V3: () => {
      const { a = 0, b = 0, c = 0 } = evidence.columns ?? {}
      return say(`栏目不更新 ${a + b} 个，空白栏目 ${c} 个`, `${a + b} columns not updated, ${c} blank`)
    },
    LINKS: () => {
      const { S2a = 0, S2b = 0, S9b = 0, S10 = 0 } = evidence.broken ?? {}
      const others = S2b + S9b + S10
      return say(
        `首页错断链 ${S2a} 个，其他 ${others} 个`,
        `${S2a} broken links on the home page, ${others} elsewhere`,
      )
    },
    CERT: () =>
      (days ?? 0) < 0
        ? say(`证书已过期 ${-(days ?? 0)} 天`, `certificate expired ${-(days ?? 0)} days ago`)
        : say(`证书 ${days} 天后到期`, `certificate ends in ${days} days`),
    PLATFORM: () =>
      say(`${sites} 个网站同时打不开，现有 ${down} 个`, `${sites} sites failed together, ${down} still down`),
    STALL: () => say(`${sites} 个网站未按时监测`, `${sites} sites not measured in time`),
    ASIDE: () =>
      say('有数据无法入库或办理，已搁置待查', 'something cannot be stored or done and was set aside'),
    LINE: () =>
      say(
        `监测线路存疑（参照目标 ${answered}/${asked} 有应答），暂不判定`,
        `the monitor's own line is in doubt (${answered}/${asked} references answer); no site is judged`,
      ),
  }
  return bySay[alert.rule]()
}

function causeIn(
  cause: string | null | undefined,
  status: number | null | undefined,
  language: Language,
): string {
  if (!cause) return language === 'zh' ? '原因未知' : 'cause unknown'
  if (status && cause.startsWith('http_')) return `HTTP ${status}`
  return (CAUSE[cause as Cause] ?? CAUSE_GROUP[causeGroup(cause as Cause)] ?? both(cause, cause))[language]
}

/** How something is told: in which language, what places are called, and when (epoch ms). */
export interface Telling {
  readonly language: Language
  readonly names: PlaceNames
  readonly now: number
}

/** One alert in one line: what changed, how grave, which site, what is seen, since when. */
export function alertLine(alert: Alert, change: LineChange, { language, names, now }: Telling): NoticeLine {
  const since = moment(Date.parse(alert.openedAt))
  const until = alert.resolvedAt ? ` – ${moment(Date.parse(alert.resolvedAt))}` : ''
  const subject = alert.siteName ?? (alert.evidence.kind === 'certificate' ? null : alert.evidence.key)
  const marks = [CHANGE[change][language], SEVERITY[alert.severity][language]].filter(Boolean).join(' · ')
  const when = until ? `${since}${until}` : language === 'zh' ? `自 ${since} 起` : `since ${since}`
  const what = verdictSentence(alert, language, now)
  const text =
    language === 'zh'
      ? `【${marks}】${subject ?? placeName(alert.district, names, language)}：${what}，${when}`
      : `[${marks}] ${subject ?? placeName(alert.district, names, language)}: ${what}, ${when}`
  return { text, path: `/alerts/${alert.id}`, change, severity: alert.severity }
}

const PROVISIONAL = both(
  '（节假日安排未公布，按普通工作日推算，公布后重算）',
  ' (holidays not announced yet: counted as ordinary weekdays, will be recomputed)',
)

/** The day or, of a term in hours, the minute at which it ends. */
function dueText({ dueAt, dueOn }: Pick<Rectification, 'dueAt' | 'dueOn'>): string {
  return dueAt ? moment(Date.parse(dueAt)) : dueOn
}

export function rectificationLine(
  rectification: Rectification,
  change: LineChange,
  language: Language,
): NoticeLine {
  const mark = CHANGE[change][language]
  const text =
    language === 'zh'
      ? `${mark ? `【${mark}】` : ''}${rectification.siteName}：整改单 ${rectification.id}（${rectification.unit}），期限 ${dueText(rectification)}${rectification.provisional ? PROVISIONAL.zh : ''}`
      : `${mark ? `[${mark}] ` : ''}${rectification.siteName}: rectification ${rectification.id} (${rectification.unit}), due ${dueText(rectification)}${rectification.provisional ? PROVISIONAL.en : ''}`
  return { text, path: `/rectifications/${rectification.id}`, change, severity: null }
}
