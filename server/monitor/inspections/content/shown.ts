import { cut } from '../../../../shared/base/text.ts'

/** An address without what is of one visit, as a problem is known by. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return cut(`${pathname}${search}`, 180)
}

/** A text on one line, so long as is shown. */
export const shown = (text: string, most = 280): string => cut(text.replace(/\s+/g, ' ').trim(), most)
