/** What stands for what is left out. */
export const STARS = '***'
/** Any other number so long that it may be somebody's. */
const LONG = /\d(?:[-_. \u00a0]{0,2}\d){6,}[Xx]?/g

/** A number of a person as it may be shown: enough to find it again on its page, too little to use it. */
export function maskNumber(digits: string): string {
  return `${digits.slice(0, 3)}${STARS}${digits.slice(-2)}`
}

/** A name as it may be shown: its first character. */
export const maskName = (name: string): string => `${name.slice(0, 1)}**`

/** What is to be covered in a text, and by what. */
export interface Cover {
  readonly from: number
  readonly to: number
  readonly by: string
}

/** A text with all that is named covered. */
export function replaced(text: string, covers: readonly Cover[]): string {
  let [shown, at] = ['', 0]
  for (const { from, to, by } of [...covers].sort((a, b) => a.from - b.from)) {
    if (from < at) continue
    shown += text.slice(at, from) + by
    at = to
  }
  return shown + text.slice(at)
}

/** The same, and every other long number as well. */
export const covered = (text: string, covers: readonly Cover[]): string =>
  replaced(text, covers).replace(LONG, STARS)
