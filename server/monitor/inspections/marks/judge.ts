import type { CrossCheckName, Mark } from '../../../../shared/monitor/imprints/imprints-rules.ts'
import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import type { Outcome } from '../rule.ts'
import type { MarksSeen } from './seen.ts'

type Judge = (seen: MarksSeen, limits: Limits) => Outcome

const CLEAR: Outcome = { outcome: 'clear' }
const unmeasured = (reason: string): Outcome => ({ outcome: 'unmeasured', reason })
/** Reasons of the cross-checks, by the names that they have here. */
const REASONS = {
  ...{ unread: 'markUnread', script: 'markScript', rest: 'markRest', frames: 'markFrames' },
  ...{ elsewhere: 'markElsewhere', neither: 'markNeither' },
} as const

function found(
  { url }: MarksSeen,
  kind: string,
  page: string | null,
  register: string | null = null,
): Outcome {
  const excerpt = [page, register].filter(Boolean).join(' ≠ ')
  const outline = page === null ? null : { text: page }
  return {
    outcome: 'found',
    problems: [{ key: kind, url, excerpt, outline, detail: { kind, page, register } }],
  }
}

/** A mark that stands on the page, whatever it says. */
const marked =
  (mark: Mark): Judge =>
  (seen) => {
    const { imprint } = seen
    if (!imprint?.marks) return unmeasured('markUnread')
    if (imprint.marks.includes(mark)) return CLEAR
    return imprint.unseen === null ? found(seen, 'missing', null) : unmeasured(REASONS[imprint.unseen])
  }

/** Something that the page says, and the register too. */
const equal =
  (name: CrossCheckName): Judge =>
  (seen) => {
    const check = seen.checks.find((one) => one.check === name)
    if (!check || check.reason !== null) return unmeasured(REASONS[check?.reason ?? 'unread'])
    if (check.outcome === 'agrees') return CLEAR
    // What the register has not cannot be held against the page.
    if (check.register === null && check.page !== null) return unmeasured('markNeither')
    return found(seen, check.page === null ? 'missing' : 'differs', check.page, check.register)
  }

/** A way to reach those who run the site: a telephone at the foot, or a page with it. */
const contact: Judge = (seen) => {
  const { imprint } = seen
  if (!imprint) return unmeasured('markUnread')
  if (imprint.phones.length > 0 || imprint.leadsToContact) return CLEAR
  return imprint.unseen === null ? found(seen, 'missing', null) : unmeasured(REASONS[imprint.unseen])
}

const domain: Judge = (seen, { suffixes, local }) => {
  const host = new URL(seen.registered).hostname
  const ends = (some: unknown) => Array.isArray(some) && some.some((one) => host.endsWith(one))
  if (ends(suffixes)) return CLEAR
  return ends(local)
    ? unmeasured('localName')
    : found(seen, /^[\d.]+$|:/.test(host) ? 'address' : 'other', host)
}

/** What each rule says of what a home page says of itself. Pure: it asks for nothing. */
export const MARK_JUDGES: Readonly<Record<string, Judge>> = {
  'mark-official': marked('official'),
  'mark-report': marked('report'),
  'mark-map': marked('map'),
  'mark-code': equal('code'),
  'mark-icp': equal('icp'),
  'mark-police': equal('police'),
  'mark-unit': equal('unit'),
  'mark-contact': contact,
  'mark-domain': domain,
}
