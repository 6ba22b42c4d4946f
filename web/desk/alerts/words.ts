import { daysBetween } from '../../../shared/base/time.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { WordKey } from '../../../shared/locales/keys.ts'
import { inWords } from '../../../shared/monitor/inspections/inspections-rules.ts'
import { minutesBehind } from '../../../shared/monitor/pace/pace-rules.ts'
import { locale, type Phrase } from '../../base/i18n.ts'
import { formatShare } from '../../base/ui/marks/format.ts'
import { limitsInForce } from '../../monitor/standing/in-force.ts'

/** What an alert is judged against now: its evidence is of the moment when it opened, and the world has moved on. */
export interface Present {
  /** local day: a home page goes on ageing. */
  readonly today: string
  /** The site's failed share of 7 days now, per cent; null where it is not known. */
  readonly share: number | null
}

/** What is seen, with its figure and the limit that it is held against: the same on wall and desk. */
export function alertPhrase(
  { rule, severity, status, evidence }: Pick<Alert, 'rule' | 'severity' | 'status' | 'evidence'>,
  now: Present,
): Phrase {
  switch (rule) {
    case 'V1': {
      const live = status === 'resolved' ? null : now.share
      return sharePhrase(live ?? evidence.share ?? 0, severity === 'critical')
    }
    case 'V2':
      return evidence.newest
        ? {
            key: 'what.v2',
            values: { days: daysBetween(evidence.newest, now.today), limit: limitsInForce().v2VetoDays },
          }
        : { key: 'what.undated' }
    case 'V3':
      return columnsPhrase(evidence)
    case 'LINKS':
      return linksPhrase(evidence)
    case 'CERT': {
      const days = evidence.days ?? 0
      return days < 0
        ? { key: 'what.certPast', values: { days: -days } }
        : { key: 'what.cert', values: { days } }
    }
    case 'MACHINE':
      return foundPhrase(evidence)
    case 'OUTBOUND':
      return outboundPhrase(evidence)
    case 'PLATFORM': {
      if (evidence.kind === 'source') {
        return { key: 'what.source', values: { sites: evidence.sites ?? 0, rule: nameIn(evidence.name) } }
      }
      const { sites = 0, down = sites } = evidence
      const isWhole = down === sites || status === 'resolved'
      return { key: isWhole ? 'what.platform' : 'what.platformLeft', values: { sites, down } }
    }
    case 'STALL':
      return { key: 'what.stall', values: { sites: evidence.sites ?? 0 } }
    case 'BEHIND':
      return behindPhrase(evidence)
    case 'ASIDE':
      return { key: 'what.aside' }
    case 'UNSEEN':
      return { key: 'what.unseen', values: { share: formatShare(evidence.share ?? 0) } }
    case 'LINE':
      return linePhrase(evidence)
    case 'DOWN':
      return causePhrase(evidence.cause ?? null, evidence.status ?? null)
  }
}

/** The same as a sentence, which says where it rests on the source of pages alone. */
export function alertWords(
  alert: Parameters<typeof alertPhrase>[0],
  now: Present,
  say: (phrase: Phrase) => string,
): string {
  const what = say(alertPhrase(alert, now))
  return alert.evidence.rendered === 'no_renderer' ? say({ key: 'what.sourceAlone', values: { what } }) : what
}

/** The part of V3 that is nearest to its limit, or farthest beyond. */
function columnsPhrase({ columns = { a: 0, b: 0, c: 0 } }: Alert['evidence']): Phrase {
  const { v3aVeto, v3bVeto, v3cVeto } = limitsInForce()
  const parts: readonly { key: WordKey; n: number; limit: number }[] = [
    { key: 'what.v3a', n: columns.a, limit: v3aVeto },
    { key: 'what.v3b', n: columns.b, limit: v3bVeto },
    { key: 'what.v3c', n: columns.c, limit: v3cVeto },
  ]
  const { key, n, limit } = parts.reduce((worst, part) =>
    part.n / part.limit > worst.n / worst.limit ? part : worst,
  )
  return { key, values: { n, limit } }
}

function linksPhrase({ broken }: Alert['evidence']): Phrase {
  const { S2a = 0, S2b = 0, S9b = 0, S10 = 0, points = 0 } = broken ?? {}
  const others = S2b + S9b + S10
  const key = S2a === 0 ? 'what.linksElsewhere' : others === 0 ? 'what.links' : 'what.linksMore'
  return { key, values: { n: S2a, others, points } }
}

/** What a rule of the machine is called, in the reader's language. */
const nameIn = (name: Alert['evidence']['name']): string => (name ? inWords(name, locale.value) : '')

function foundPhrase({ found }: Alert['evidence']): Phrase {
  const { n = 0, rules = [] } = found ?? {}
  const key = rules.length > 1 ? 'what.foundMore' : 'what.found'
  return { key, values: { n, rule: nameIn(rules[0]?.name) } }
}

function outboundPhrase({ outbound, sites = 0 }: Alert['evidence']): Phrase {
  return { key: `what.outbound.${outbound?.is ?? 'hijacked'}`, values: { sites } }
}

function behindPhrase({ behindS = 0, capacity = 0, wanted = 0 }: Alert['evidence']): Phrase {
  const values = {
    minutes: minutesBehind(behindS),
    capacity: Math.round(capacity),
    wanted: Math.round(wanted),
  }
  return { key: 'what.behind', values }
}

function linePhrase({ sites = 0, asked = 0, answered = 0 }: Alert['evidence']): Phrase {
  return answered * 2 < asked
    ? { key: 'what.lineReferences', values: { asked, answered } }
    : { key: 'what.line', values: { sites } }
}

function sharePhrase(share: number, isVeto: boolean): Phrase {
  const { v1VetoPercent, v1WarnPercent } = limitsInForce()
  const limit = isVeto ? v1VetoPercent : v1WarnPercent
  return { key: isVeto ? 'what.v1' : 'what.v1Warn', values: { share: formatShare(share), limit } }
}

/** The cause of a failure; an answer's own status says more than its class. */
export function causePhrase(cause: string | null, status: number | null): Phrase {
  if (cause === null) return { key: 'state.down' }
  if (status !== null && (cause === 'http_4xx' || cause === 'http_5xx'))
    return { key: `what.${cause}`, values: { status } }
  return { key: `cause.${cause}` }
}
