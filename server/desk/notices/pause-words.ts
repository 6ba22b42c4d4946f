import type { Language } from '../../../shared/base/language.ts'
import { localDay, localTime } from '../../../shared/base/time.ts'
import type { LineChange, NoticeLine } from '../../../shared/desk/notifications/notifications.ts'
import type { PauseChanged, PauseFactKind } from '../../../shared/desk/pauses/facts.ts'
import type { PauseInFact, PauseTimes } from '../../../shared/desk/pauses/pauses.ts'
import type { Sentence } from './sentence.ts'
import { CHANGE, moment, placeName, type Telling } from './words.ts'

const WEEKDAYS: Record<Language, readonly string[]> = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}

/** What a plan is for: the site, the unit, the platform with its part of the city, or the district. */
function pauseName(
  { kind, name, platform, district, sites }: PauseInFact,
  { language, names }: Telling,
): string {
  const many = language === 'zh' ? `${sites} 个网站` : `${sites} sites`
  if (kind === 'site') return name ?? ''
  if (kind === 'unit') return language === 'zh' ? `${name}（${many}）` : `${name} (${many})`
  const place = district === null ? null : placeName(district, names, language)
  const whole = kind === 'district' ? (place ?? '') : [platform, name ?? place].filter(Boolean).join(' · ')
  return language === 'zh' ? `${whole}（${many}）` : `${whole} (${many})`
}

/** When it is: one stretch, or the hours of certain days. */
function pauseTimes({ from, to, repeat }: PauseTimes, language: Language): string {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  if (!repeat) return `${moment(fromMs)} – ${moment(toMs)}`
  const { weekdays, until } = repeat
  const everyDay = language === 'zh' ? '每天' : 'every day'
  const named = weekdays.map((day) => WEEKDAYS[language][day - 1]).join(language === 'zh' ? '、' : ', ')
  const days = weekdays.length === 7 ? everyDay : named
  const next = localDay(fromMs) === localDay(toMs) ? '' : language === 'zh' ? '次日 ' : 'next day '
  const first = localDay(fromMs).slice(5)
  const hours = `${localTime(fromMs)}–${next}${localTime(toMs)}`
  return language === 'zh'
    ? `${days} ${hours}（${first} 起，至 ${until.slice(5)}）`
    : `${days} ${hours} (${first} to ${until.slice(5)})`
}

/** One plan in one line: what became of it, for what, when, why. */
export function pauseLine(pause: PauseInFact, change: LineChange, telling: Telling): NoticeLine {
  const { language } = telling
  const mark = CHANGE[change][language]
  const what = `${pauseName(pause, telling)}${language === 'zh' ? '：' : ': '}${pauseTimes(pause, language)}`
  const text =
    language === 'zh'
      ? `${mark ? `【${mark}】` : ''}${what}，事由：${pause.reason}`
      : `${mark ? `[${mark}] ` : ''}${what}, reason: ${pause.reason}`
  // The list of one that is over begins with what is newest; those that count are found by their own words.
  return { text, path: pause.siteId === null ? '/pauses' : `/sites/${pause.siteId}`, change, severity: null }
}

const ACTION: Partial<Record<PauseFactKind, Sentence>> = {
  'pause.filed': { zh: '报备了停测，待批准', en: 'filed downtime, which waits for approval' },
  'pause.approved': { zh: '批准了停测', en: 'approved downtime' },
  'pause.changed': { zh: '修改了停测报备', en: 'changed downtime' },
  'pause.refused': { zh: '驳回了停测报备', en: 'refused downtime' },
  'pause.withdrawn': { zh: '取消了停测', en: 'called off downtime' },
}
const FILED_AT_ONCE: Sentence = { zh: '报备了停测，已生效', en: 'planned downtime' }
const OVER: Sentence = { zh: '计划停测已结束，恢复监测', en: 'Planned downtime is over; monitoring goes on' }
const LAPSED: Sentence = {
  zh: '停测报备无人答复，时段已过，未停测',
  en: 'Nobody answered a plan for downtime in time: there was none',
}

/** Who did what to a plan, in one sentence. */
export function pauseReason({ kind, actor, data: { pause, text, before } }: PauseChanged): Sentence {
  if (!actor) return pause.decidedAt === null ? LAPSED : OVER
  const isOwn = kind === 'pause.approved' && actor.id === pause.filedBy.id
  const action = isOwn ? FILED_AT_ONCE : (ACTION[kind] ?? OVER)
  const was = before && wasAt(before, pause)
  return {
    zh: `${actor.name} ${action.zh}${was ? `（${was.zh}）` : ''}${text ? `：${text}` : ''}`,
    en: `${actor.name} ${action.en}${was ? ` (${was.en})` : ''}${text ? `: ${text}` : ''}`,
  }
}

/** When it was before; null when that is when it is. */
function wasAt(before: PauseTimes, now: PauseTimes): Sentence | null {
  const [zh, en] = [pauseTimes(before, 'zh'), pauseTimes(before, 'en')]
  return zh === pauseTimes(now, 'zh') ? null : { zh: `原为 ${zh}`, en: `it was ${en}` }
}
