import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import { isWorse } from '../../../../shared/monitor/line/grade-rules.ts'
import { isLeftPlain, type LineMeasured, type SixShare } from '../../../../shared/monitor/line/line-rules.ts'
import type { DrawnLoad } from '../../page-checks/queries.ts'
import type { Outcome, Problem } from '../rule.ts'

/** What rules of the line are told by: the last look at it, and whether anything opens over IPv6 from here. */
export interface LineSeen {
  readonly measured: LineMeasured
  readonly hasSix: boolean
  /** How long the home page took to open in a browser; null: none has opened it lately. */
  readonly drawn: Pick<DrawnLoad, 'ms'> | null
  /** Whether there is a browser that could. */
  readonly canRender: boolean
}

type Judge = (seen: LineSeen, limits: Limits) => Outcome

const CLEAR: Outcome = { outcome: 'clear' }
const unmeasured = (reason: string): Outcome => ({ outcome: 'unmeasured', reason })

/** One thing that is wrong with the line. @param key what it is, as `none` */
function found(
  { measured }: LineSeen,
  key: string,
  excerpt: string,
  detail: Problem['detail'] = {},
  told?: string,
): Outcome {
  const problem = { key, url: measured.url, excerpt, outline: null, detail: { kind: key, ...detail } }
  return { outcome: 'found', problems: [told === undefined ? problem : { ...problem, told }] }
}

/** What each rule of the line says of what was seen. Pure: it asks for nothing. */
export const LINE_JUDGES: Readonly<Record<string, Judge>> = {
  'line-ipv6': six,
  'line-ipv6-links': sixLinks,
  'line-https': https,
  'line-certificate': certificate,
  'line-hsts': hsts,
  'line-headers': headers,
  'line-slow': slow,
}

function six(seen: LineSeen, { same }: Limits): Outcome {
  const { state, address, cause, same: shared } = seen.measured.six
  if (state === 'none') return found(seen, 'none', `AAAA ${hostOf(seen)}`)
  // That nothing opens over IPv6 may well be of this place.
  if (state === 'noLine' || (state === 'fails' && !seen.hasSix)) return unmeasured('noSixLine')
  if (state === 'fails')
    return found(seen, 'fails', [address, cause].filter(Boolean).join(' '), { address, cause })
  if (state === 'unknown') return unmeasured('sixUnknown')
  if (shared !== null && shared < Number(same)) {
    return found(seen, 'differs', `${address ?? ''} ${Math.round(shared * 100)}%`.trim(), { same: shared })
  }
  return CLEAR
}

function sixLinks(seen: LineSeen, { least }: Limits): Outcome {
  const { state, second, third } = seen.measured.six
  if (state !== 'opens') return unmeasured('homeNotSix')
  const levels = [
    ['second', second],
    ['third', third],
  ] as const
  const asked = levels.flatMap(([level, share]) => (share ? [[level, share] as const] : []))
  if (asked.length === 0) return unmeasured('noLevelPages')
  const problems = asked
    .filter(([, share]) => shareOf(share) < Number(least))
    .map(
      ([level, { opened, asked: all, failed }]): Problem => ({
        ...{ key: level, url: failed[0] ?? seen.measured.url, outline: null },
        excerpt: `${opened}/${all}`,
        detail: { kind: level, opened, asked: all },
      }),
    )
  return problems.length > 0 ? { outcome: 'found', problems } : CLEAR
}

const shareOf = ({ opened, asked }: SixShare): number => opened / asked

function https(seen: LineSeen): Outcome {
  const { state, redirection, cause } = seen.measured.secure
  if (state === 'national') return unmeasured('national')
  if (state === 'unknown') return unmeasured('secureUnknown')
  if (state === 'none' || state === 'other') return found(seen, state, hostOf(seen), { cause })
  // A certificate that is no good is told by the rule for it.
  if (state === 'fault') return isOfCertificate(cause) ? CLEAR : found(seen, 'fault', cause ?? '', { cause })
  return isLeftPlain(redirection) ? found(seen, 'redirect', redirection, { redirection }) : CLEAR
}

const isOfCertificate = (cause: string | null): boolean => cause?.startsWith('tls_') === true

function certificate(seen: LineSeen, { days }: Limits): Outcome {
  const { state, cause, certDaysLeft, isIncomplete, isWeak } = seen.measured.secure
  if (state === 'none') return unmeasured('noHttps')
  if (state === 'national') return unmeasured('national')
  if (state === 'fault' && cause && isOfCertificate(cause)) return found(seen, cause, hostOf(seen), { cause })
  if (state === 'unknown' || certDaysLeft === null) return unmeasured('secureUnknown')
  const problems = [
    ...(isIncomplete ? ['incomplete'] : []),
    ...(isWeak ? ['weak'] : []),
    ...(certDaysLeft < Number(days) ? ['expires'] : []),
  ].map(
    (key): Problem => ({
      ...{ key, url: seen.measured.url, outline: null },
      excerpt: key === 'expires' ? String(certDaysLeft) : hostOf(seen),
      detail: { kind: key, certDaysLeft },
    }),
  )
  return problems.length > 0 ? { outcome: 'found', problems } : CLEAR
}

function hsts(seen: LineSeen, { seconds }: Limits): Outcome {
  const { state, hstsAge } = seen.measured.secure
  if (state === 'national') return unmeasured('national')
  if (state !== 'opens') return unmeasured(state === 'unknown' ? 'secureUnknown' : 'noHttps')
  if (hstsAge === null) return found(seen, 'none', 'Strict-Transport-Security')
  return hstsAge < Number(seconds) ? found(seen, 'short', `max-age=${hstsAge}`, { seconds: hstsAge }) : CLEAR
}

function headers(seen: LineSeen, { least }: Limits): Outcome {
  const { grade, score, scoring, results } = seen.measured.headers
  if (!isWorse(grade, String(least))) return CLEAR
  return found(seen, 'grade', `${grade} (${score})`, { grade, score, scoring, ...results })
}

/** A page that takes too long by itself opens no sooner; one that comes soon may take long to open all the same. */
function slow(seen: LineSeen, { ms }: Limits): Outcome {
  const { ms: took, by } = seen.drawn ? { ms: seen.drawn.ms, by: 'rendered' } : seen.measured.load
  if (took > Number(ms)) return found(seen, 'slow', `${(took / 1_000).toFixed(1)} s`, { ms: took, by })
  if (seen.drawn) return CLEAR
  return unmeasured(seen.canRender ? 'homeNotDrawn' : 'noBrowser')
}

const hostOf = ({ measured: { url } }: LineSeen): string => new URL(url).hostname
