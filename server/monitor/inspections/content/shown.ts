import { cut } from '../../../../shared/base/text.ts'
import { shownAddress } from '../../persons/address.ts'

/** An address without what is of one visit and without persons, as a problem is known by. @param today YYYY-MM-DD */
export function pathOf(url: string, today: string): string {
  const { pathname, search } = new URL(url)
  return cut(shownAddress(`${pathname}${search}`, today), 180)
}

/** A text on one line, so long as is shown. */
export const shown = (text: string, most = 280): string => cut(text.replace(/\s+/g, ' ').trim(), most)
