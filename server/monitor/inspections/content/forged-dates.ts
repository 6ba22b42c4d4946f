import type { KeyedDoubt } from '../../findings/doubts-store.ts'
import type { Problem, SiteRule } from '../rule.ts'
import { shown } from './shown.ts'

/**
 * Items whose date cannot be true (弄虚作假): put into a list long after the day that they claim, or given another day than they bore when
 * they were seen first. What contradicts memory is found with every reading of the home page (`monitor/findings`); a person says
 * whether somebody forged it.
 */
export const forgedDates: SiteRule = {
  id: 'dates-forged',
  isOfKept: true,
  async measure({ url }, { kept, home }) {
    const doubts = await kept.dates()
    if (doubts === null) return { outcome: 'unmeasured', reason: 'datesFirst' }
    if (doubts.length === 0) return { outcome: 'clear' }
    return { outcome: 'found', problems: doubts.map((one) => problemOf(one, home?.finalUrl ?? url)) }
  },
}

function problemOf(doubt: KeyedDoubt, page: string): Problem {
  const { key, kind, title, url, claimed, firstDay, firstDate, absentDay, seenDay } = doubt
  return {
    // Another claim is another forgery.
    ...{ key: `${key} ${claimed}`, url: page, excerpt: shown(`${title} ${claimed}`) },
    outline: { text: title, ...(url && { href: url }) },
    detail: {
      kind: kind === 'moved' && firstDate === null ? 'movedUndated' : kind,
      claimed,
      firstDay,
      firstDate,
      absentDay,
      seenDay,
      item: url,
    },
  }
}
