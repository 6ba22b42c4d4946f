/** Collapses whitespace, no-break and ideographic spaces included, and turns full-width digits into plain ones. */
export function clean(text: string, max = Number.POSITIVE_INFINITY): string {
  const short = text.length > max ? text.slice(0, max) : text
  const flat = short.replace(/[\s\u200b\ufeff]+/g, ' ').trim()
  return /[０-９]/.test(flat) ? flat.replace(/[０-９]/g, plainDigit) : flat
}

function plainDigit(digit: string): string {
  return String.fromCharCode(digit.charCodeAt(0) - 0xfee0)
}
