import { beginning } from '../../../../shared/base/text.ts'

const WIDE = /\s\s|[^\S ]|[\u200b\ufeff０-９]/

/** Collapses whitespace, no-break and ideographic spaces included, and turns full-width digits into plain ones. */
export function clean(text: string, max = Number.POSITIVE_INFINITY): string {
  const bare = (text.length > max ? beginning(text, max) : text).trim()
  if (!WIDE.test(bare)) return bare
  return bare
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim()
    .replace(/[０-９]/g, plainDigit)
}

function plainDigit(digit: string): string {
  return String.fromCharCode(digit.charCodeAt(0) - 0xfee0)
}
