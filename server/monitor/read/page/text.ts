import { beginning } from '../../../../shared/base/text.ts'

const WIDE =
  / {2}|[\t-\r\u00a0\u1680\u2000-\u200b\u2010\u2011\u2028\u2029\u202f\u205f\u2212\u3000\ufe63\ufeff．-９]/
/** Separators of dates as word processors and input methods make them, between figures. */
const SEPARATOR = /(?<=\d ?)[\u2010\u2011\u2212\ufe63．／](?= ?\d)/g

/**
 * Collapses whitespace, no-break and ideographic spaces included, and turns full-width digits and the separators between them
 * into plain ones.
 */
export function clean(text: string, max = Number.POSITIVE_INFINITY): string {
  const bare = (text.length > max ? beginning(text, max) : text).trim()
  if (bare === '' || !WIDE.test(bare)) return bare
  return bare
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim()
    .replace(/[０-９]/g, plainDigit)
    .replace(SEPARATOR, plainSeparator)
}

function plainSeparator(separator: string): string {
  return separator === '．' ? '.' : separator === '／' ? '/' : '-'
}

function plainDigit(digit: string): string {
  return String.fromCharCode(digit.charCodeAt(0) - 0xfee0)
}

/** Figures and what stands between those of a date; words; or something else, among it all that is empty. */
type Look = 'figures' | 'words' | 'other'

/** Han characters that dates are written with. */
const OF_DATES = '年月日〇零一二三四五六七八九十'

/** What a text is at a glance, which costs less than any pattern: nearly all texts of a page are a title, or a day. */
export function lookOf(text: string): Look {
  const first = text.charCodeAt(0)
  if (first >= 0x4e00 && first <= 0x9fff) return OF_DATES.includes(text.charAt(0)) ? 'other' : 'words'
  for (let at = 0; at < text.length; at++) if (!isFigure(text.charCodeAt(at))) return 'other'
  return text === '' ? 'other' : 'figures'
}

/** One of `-`, `.`, `/` and the digits. */
function isFigure(unit: number): boolean {
  return unit >= 0x2d && unit <= 0x39
}
