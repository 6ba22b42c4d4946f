import { beginning } from '../../../../shared/base/text.ts'

const WIDE = /\s\s|[^\S ]|[\u200b\ufeff０-９\u2010\u2011\u2212\ufe63．／]/
/** Separators of dates as word processors and input methods make them, between figures. */
const SEPARATOR = /(?<=\d ?)[\u2010\u2011\u2212\ufe63．／](?= ?\d)/g

/**
 * Collapses whitespace, no-break and ideographic spaces included, and turns full-width digits and the separators between them
 * into plain ones.
 */
export function clean(text: string, max = Number.POSITIVE_INFINITY): string {
  const bare = (text.length > max ? beginning(text, max) : text).trim()
  if (!WIDE.test(bare)) return bare
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
