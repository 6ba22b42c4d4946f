import type { Fact } from '../../../shared/base/facts.ts'
import { formatMinute } from '../ui/marks/format.ts'

/** Figures and names of a sentence; those in `words` are keys to be translated first, `times` are instants. */
export interface FactWords {
  /** Key under `facts`. */
  readonly key: string
  readonly plain: Readonly<Record<string, string | number>>
  readonly words: Readonly<Record<string, string>>
  readonly times: Readonly<Record<string, string>>
  /** Codes of districts. */
  readonly districts: Readonly<Record<string, string>>
  /** Cause of an outage, a key under `cause`. */
  readonly cause: string | null
  /** What a person has written. */
  readonly text: string | null
  /** What the monitor's verification came to, a key under `rectifications.result`. */
  readonly result: string | null
  /** Names of people whom it calls on. */
  readonly mentions: readonly string[]
}

/** A fact as a sentence of `facts.json`. */
export function factWords(fact: Fact): FactWords {
  if (fact.kind === 'site.changed') return siteWords(fact.data)
  if (fact.kind === 'register.changed') return sentence(fact.data.what ?? 'register')
  if ('alert' in fact.data) return alertWords(fact, fact.data)
  if ('pause' in fact.data) return pauseWords(fact.kind, fact.data)
  if ('rectification' in fact.data) return rectificationWords(fact, fact.data)
  return plainWords(fact)
}

const INSTANT = /^\d{4}-\d\d-\d\dT/

/** A fact that needs nothing of its own: its instants, its names, its figures and its text. What has no words is from a newer program. */
function plainWords({ kind, data }: Fact): FactWords {
  const given = Object.entries(data).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const figures = Object.entries(data).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  )
  const { text, ...named } = Object.fromEntries(given)
  const isInstant = ([, value]: [string, string]) => INSTANT.test(value)
  const times = Object.fromEntries(Object.entries(named).filter(isInstant))
  const plain = Object.fromEntries(Object.entries(named).filter((entry) => !isInstant(entry)))
  return sentence(kind, { plain: { ...plain, ...Object.fromEntries(figures) }, times, text: text ?? null })
}

const sentence = (key: string, rest: Partial<FactWords> = {}): FactWords => ({
  key,
  plain: {},
  words: {},
  times: {},
  districts: {},
  cause: null,
  text: null,
  result: null,
  mentions: [],
  ...rest,
})

function siteWords({ before, after, said }: Extract<Fact, { kind: 'site.changed' }>['data']): FactWords {
  const words = { after: `state.${after.state}`, availability: `availability.${after.availability}` }
  const { cause } = after
  if (said === null) return sentence('site.unsaid', { words })
  if (said) {
    const key = said.updatedOn === null ? 'site.saidNone' : 'site.said'
    return sentence(key, { words, plain: { day: said.updatedOn ?? '' }, text: said.note })
  }
  if (before === null) return sentence('site.first', { words, cause })
  if (before.state === after.state) {
    return sentence(after.flapping ? 'site.flapping' : 'site.detail', { words, cause })
  }
  return sentence('site.state', { words: { ...words, before: `state.${before.state}` }, cause })
}

type AlertData = Extract<Fact, { data: { alert: unknown } }>['data']

function alertWords(
  { kind, actor }: Pick<Fact, 'kind' | 'actor'>,
  { alert, text, mentions = [] }: AlertData,
): FactWords {
  if (kind === 'alert.escalated' && alert.escalation) {
    const words = { level: `escalation.level.${alert.escalation.level}` }
    // By the clock since nobody took it on, or by somebody, who may have it.
    const [told, nobody] = actor
      ? (['alert.carried', 'alert.carriedToNoOne'] as const)
      : ([kind, 'alert.escalatedToNoOne'] as const)
    return sentence(text === null ? nobody : told, { words, plain: { people: text ?? '' } })
  }
  const assignee = alert.assignee?.name ?? alert.assignedUnit?.name ?? ''
  return sentence(kind === 'alert.grouped' && alert.alone ? 'alert.alone' : kind, {
    mentions: mentions.map(({ name }) => name),
    plain: { n: alert.recurrences, assignee, incident: alert.incidentId ?? '' },
    words: { rule: `rule.${alert.rule}`, severity: `severity.${alert.severity}` },
    times: { until: untilOf(kind, alert) ?? '' },
    text,
  })
}

type RectificationData = Extract<Fact, { data: { rectification: unknown } }>['data']

/** Without an actor it was the monitor, and its text is the code of a result. */
function rectificationWords(
  { kind, actor }: Pick<Fact, 'kind' | 'actor'>,
  { rectification, text, mentions, request }: RectificationData,
): FactWords {
  const plain = { due: dueText(rectification), assignee: rectification.assignee?.name ?? '' }
  // Its text is the day that it was before.
  if (kind === 'rectification.rescheduled') return sentence(kind, { plain: { ...plain, before: text ?? '' } })
  if (kind === 'rectification.commented') {
    return sentence(kind, { mentions: (mentions ?? []).map(({ name }) => name), text })
  }
  const words = request ? { what: `rectifications.ask.${request.kind}` } : {}
  return sentence(kind, {
    plain: { ...plain, until: request?.until ?? '' },
    words,
    ...(actor ? { text } : { result: text }),
  })
}

type PauseData = Extract<Fact, { data: { pause: unknown } }>['data']

function pauseWords(kind: Fact['kind'], { pause, text, before }: PauseData): FactWords {
  const isLapsed = kind === 'pause.ended' && pause.decidedAt === null
  const isNews = kind === 'pause.filed' || kind === 'pause.approved' || kind === 'pause.changed'
  const name = pause.name ?? pause.platform
  const isMoved = before !== undefined && (before.from !== pause.from || before.endsAt !== pause.endsAt)
  return sentence(isLapsed ? 'pause.lapsed' : isMoved ? 'pause.moved' : kind, {
    ...(name === null ? { districts: { what: pause.district ?? '' } } : { plain: { what: name } }),
    times: {
      from: pause.from,
      to: pause.endsAt,
      ...(before && { wasFrom: before.from, wasTo: before.endsAt }),
    },
    text: text ?? (isNews ? pause.reason || null : null),
  })
}

function dueText({ dueAt, dueOn }: RectificationData['rectification']): string {
  return dueAt ? formatMinute(dueAt) : dueOn
}

function untilOf(
  kind: Fact['kind'],
  alert: Extract<Fact, { data: { alert: unknown } }>['data']['alert'],
): string | null {
  if (kind === 'alert.silenced') return alert.silencedUntil
  return kind === 'alert.informed' ? (alert.informed?.until ?? null) : alert.acknowledgedUntil
}
