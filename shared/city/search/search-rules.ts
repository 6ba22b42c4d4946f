/** What a search finds, in the order in which it is listed. */
export const FOUND_KINDS = ['site', 'unit', 'person', 'alert', 'rectification', 'letter', 'document'] as const
export type FoundKind = (typeof FOUND_KINDS)[number]

export const MOST_TYPED = 100
/** So many of one kind are listed unless more are asked for. */
export const LISTED = 5
export const MOST_LISTED = 50

/** A single sign finds half of everything; but a digit is a number. */
export const isTooShort = (typed: string): boolean => {
  const text = typed.replace(/[\s#＃]/g, '')
  return [...text].length < 2 && !/^\d$/.test(text)
}
