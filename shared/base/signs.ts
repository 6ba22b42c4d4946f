const DASHES = /[‐‑‒–—―−－﹣]/
const DOTS = /[\u00b7\u2022\u30fb\uff0e\uff61\uff65]/

/** A text with full-width signs, blanks and dashes as ASCII has them, as long as it was, sign by sign. */
export const foldSigns = (text: string): string =>
  text.replace(
    /[\u00b7\u2010-\u2015\u2022\u2212\ufe63\uff01-\uff65\u2002-\u200a\u202f\u3000\u30fb]/g,
    (sign) => {
      if (DASHES.test(sign)) return '-'
      if (DOTS.test(sign)) return '.'
      const code = sign.charCodeAt(0)
      if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
      return code > 0xff5e ? sign : ' '
    },
  )

/**
 * A telephone as a pattern, however its digits are grouped, with or without the code of its area; null where it has
 * too few.
 */
export function digitsApart(phone: string, gap: string, least: number): string | null {
  const digits = foldSigns(phone).replace(/\D/g, '')
  if (digits.length < least) return null
  const area = /^0(?:10|2\d|[3-9]\d{2})(?=\d{7,8}$)/.exec(digits)?.[0] ?? ''
  const apart = (part: string) => [...part].join(gap)
  const own = apart(digits.slice(area.length))
  return area === '' ? own : `(?:\\(?${apart(area)}\\)?${gap})?${own}`
}
