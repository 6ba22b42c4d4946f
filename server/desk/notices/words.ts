import type { NamedPlace } from '../../../shared/base/places.ts'
import { daysBetween, localDay, localMoment } from '../../../shared/base/time.ts'
import type { Language } from '../../../shared/base/words/language.ts'
import type { Alert, AlertRule, Severity } from '../../../shared/desk/alerts/alerts.ts'
import { alertSubject } from '../../../shared/desk/alerts/subject-rules.ts'
import type { LineChange, NoticeLine } from '../../../shared/desk/notifications/notifications.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { minutesBehind } from '../../../shared/monitor/pace/pace-rules.ts'
import { type Cause, causeGroup } from '../../../shared/monitor/visit/probes.ts'
import type { InEach } from '../../../shared/register/rule-editions/editions.ts'
import { type Saying, say, type Value, type Values } from '../../base/words/say.ts'
import { rulesInForce } from '../../monitor/verdicts/in-force.ts'

/** Causes that say more than their group, in few words. */
const OWN_WORDS = [
  'dns_not_found',
  'dns_failed',
  'dns_timeout',
  'refused',
  'timeout',
  'tls_expired',
  'empty',
] as const

export const severityWord = (severity: Severity): Saying => ({ word: `notices.severity.${severity}` })
const changeWord = (change: LineChange): Saying => ({ word: `notices.change.${change}` })

/** What groups of sites are called, by their codes; under '' all of them together. */
export type PlaceNames = ReadonlyMap<string, NamedPlace>

export function placeName(place: string | null, names: PlaceNames, language: Language): string {
  const named = names.get(place ?? '')
  return (language === 'zh' ? named?.name : named?.nameEn) ?? place ?? ''
}

const inLanguage = (words: InEach | undefined, language: Language): string => words?.[language] ?? ''

/** What an alert is about, in one sentence with its figures, and whether it rests on the source of pages alone. */
export function verdictOf(alert: Alert, now: number, language: Language): Saying {
  const what = whatOf(alert, now, language)
  return alert.evidence.rendered === 'no_renderer'
    ? { word: 'notices.verdict.sourceAlone', values: { what } }
    : what
}

function whatOf(alert: Alert, now: number, language: Language): Saying {
  const { evidence, severity } = alert
  const { sites = 0, down = sites, asked = 0, answered = 0 } = evidence
  const days = evidence.days ?? 0
  const share = evidence.share ?? 0
  const byRule: Record<AlertRule, () => Saying> = {
    DOWN: () => ({
      word: 'notices.verdict.DOWN',
      values: { cause: causeOf(evidence.cause, evidence.status) },
    }),
    V1: () => {
      const limit = severity === 'critical' ? rulesInForce().v1VetoPercent : rulesInForce().v1WarnPercent
      return { word: 'notices.verdict.V1', values: { share, limit } }
    },
    V2: () =>
      evidence.newest
        ? {
            word: 'notices.verdict.V2',
            values: { n: daysBetween(evidence.newest, localDay(now)), limit: rulesInForce().v2VetoDays },
          }
        : { word: 'notices.verdict.undated' },
    V3: () => {
      const { a = 0, b = 0, c = 0 } = evidence.columns ?? {}
      return { word: 'notices.verdict.V3', values: { n: a + b, blank: c } }
    },
    LINKS: () => {
      const { S2a = 0, S2b = 0, S9b = 0, S10 = 0 } = evidence.broken ?? {}
      return { word: 'notices.verdict.LINKS', values: { n: S2a, others: S2b + S9b + S10 } }
    },
    CERT: () =>
      days < 0
        ? { word: 'notices.verdict.certPast', values: { n: -days } }
        : { word: 'notices.verdict.CERT', values: { n: days } },
    MACHINE: () => {
      const { n = 0, rules = [] } = evidence.found ?? {}
      return { word: 'notices.verdict.MACHINE', values: { n, rule: inLanguage(rules[0]?.name, language) } }
    },
    PLATFORM: () =>
      evidence.kind === 'source'
        ? { word: 'notices.verdict.source', values: { n: sites, rule: inLanguage(evidence.name, language) } }
        : { word: 'notices.verdict.PLATFORM', values: { n: sites, down } },
    OUTBOUND: () => ({
      word: `notices.verdict.outbound.${evidence.outbound?.is ?? 'hijacked'}`,
      values: { n: sites },
    }),
    STALL: () => ({ word: 'notices.verdict.STALL', values: { n: sites } }),
    BEHIND: () => ({
      word: 'notices.verdict.BEHIND',
      values: {
        n: minutesBehind(evidence.behindS ?? 0),
        capacity: Math.round(evidence.capacity ?? 0),
        wanted: Math.round(evidence.wanted ?? 0),
      },
    }),
    ASIDE: () => ({ word: 'notices.verdict.ASIDE' }),
    UNSEEN: () => ({ word: 'notices.verdict.UNSEEN', values: { share } }),
    LINE: () => ({ word: 'notices.verdict.LINE', values: { answered, asked } }),
  }
  return byRule[alert.rule]()
}

function causeOf(cause: string | null | undefined, status: number | null | undefined): Value {
  if (!cause) return { word: 'notices.cause.unknown' }
  if (status && cause.startsWith('http_')) return `HTTP ${status}`
  const own = OWN_WORDS.find((one) => one === cause)
  if (own) return { word: `notices.cause.${own}` }
  const group = causeGroup(cause as Cause)
  // Of a newer version of the program.
  return group ? { word: `notices.causeGroup.${group}` } : cause
}

/** How something is told: in which language, what places are called, and when (epoch ms). */
export interface Telling {
  readonly language: Language
  readonly names: PlaceNames
  readonly now: number
}

/** One alert in one line: what changed, how grave, which site, what is seen, since when. */
export function alertLine(alert: Alert, change: LineChange, { language, names, now }: Telling): NoticeLine {
  const since = localMoment(Date.parse(alert.openedAt))
  const until = alert.resolvedAt ? ` – ${localMoment(Date.parse(alert.resolvedAt))}` : ''
  const marks = [changeWord(change), severityWord(alert.severity)].map((one) => say(one, language))
  const values: Values = {
    marks: marks.filter(Boolean).join(' · '),
    subject: alertSubject(alert) ?? placeName(alert.district, names, language),
    what: verdictOf(alert, now, language),
    when: until ? `${since}${until}` : { word: 'notices.line.since', values: { since } },
  }
  const text = say({ word: 'notices.line.alert', values }, language)
  return { text, path: `/alerts/${alert.id}`, change, severity: alert.severity }
}

/** What changed, in brackets before a line; nothing where it is said above. */
export function markOf(change: LineChange, language: Language): string {
  const mark = say(changeWord(change), language)
  return mark && say({ word: 'notices.line.mark', values: { mark } }, language)
}

/** The day or, of a term in hours, the minute at which it ends. */
function dueText({ dueAt, dueOn }: Pick<Rectification, 'dueAt' | 'dueOn'>): string {
  return dueAt ? localMoment(Date.parse(dueAt)) : dueOn
}

export function rectificationLine(
  rectification: Rectification,
  change: LineChange,
  language: Language,
): NoticeLine {
  const { id, siteName: site, unit, provisional } = rectification
  const values: Values = {
    mark: markOf(change, language),
    site,
    id,
    unit,
    due: dueText(rectification),
    provisional: provisional ? { word: 'notices.line.provisional' } : '',
  }
  const text = say({ word: 'notices.line.rectification', values }, language)
  return { text, path: `/rectifications/${rectification.id}`, change, severity: null }
}
