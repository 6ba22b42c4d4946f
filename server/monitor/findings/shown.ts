import type { Evidence, Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { shownAddress, shownText } from '../persons/address.ts'
import { STARS } from '../persons/mask.ts'

/** Texts as long as this may have been cut out of a page, so that half of a number stands at their ends. One of an address is no such. */
const LEAST_CUT = 60
const HALVES = /^\d{6,}[Xx]?|(?<!https?:\/\/[^\s"'<>]*)\d{6,}[Xx]?$/g
/** A day as it stands without signs between its numbers. */
const DAY = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/

/** The title of an item, or the words around a date, as they may be shown: persons covered. */
export function shownTitle(title: string, today: string): string {
  const shown = shownText(title, today)
  return title.length < LEAST_CUT
    ? shown
    : shown.replace(HALVES, (digits) => (DAY.test(digits) ? digits : STARS))
}

/**
 * What was read of a page as it may be shown: persons covered in all that it has of the page. What is kept stays as it was read.
 * @param today the local day, YYYY-MM-DD
 */
export function shownFinding(finding: Finding, today: string): Finding {
  const { evidence, items, rejected, pages, refresh } = finding
  return {
    ...finding,
    evidence: evidence && shownEvidence(evidence, today),
    items: items.map((item) => ({ ...item, text: shownTitle(item.text, today), ...shownHref(item, today) })),
    rejected: rejected.map((date) => ({ ...date, raw: shownText(date.raw, today) })),
    ...(pages && {
      pages: pages.map(({ name, url, ...page }) => ({
        ...page,
        name: shownText(name, today),
        url: shownAddress(url, today),
      })),
    }),
    ...(refresh !== undefined && { refresh: shownAddress(refresh, today) }),
  }
}

const shownEvidence = (evidence: Evidence, today: string): Evidence => ({
  ...evidence,
  text: shownTitle(evidence.text, today),
  raw: shownText(evidence.raw, today),
  ...shownHref(evidence, today),
  ...(evidence.page !== undefined && { page: shownAddress(evidence.page, today) }),
})

const shownHref = ({ href }: { readonly href?: string | undefined }, today: string) =>
  href === undefined ? {} : { href: shownAddress(href, today) }
