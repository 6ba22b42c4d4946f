/*
 * Pieces of a text, as numbers, by which an index finds it in the midst of a million: each two signs that stand beside
 * each other, and of its pinyin each two initials and each three letters. Two pieces may have one number: whoever finds
 * by pieces compares the text as well.
 */

/** A text as it is looked through: small letters, no blanks. */
export const compact = (text: string): string => text.toLowerCase().replace(/\s+/g, '')

/** Letters alone: what was typed may be pinyin. */
export const isLetters = (text: string): boolean => /^[a-z\s']+$/i.test(text)

const numberOf = (signs: readonly string[]): number =>
  signs.reduce((sum, sign) => (Math.imul(sum, 0x9e3779b1) + (sign.codePointAt(0) ?? 0)) | 0, signs.length)

function runs(text: string, length: number): number[] {
  const signs = [...text]
  return signs.slice(length - 1).map((_, at) => numberOf(signs.slice(at, at + length)))
}

/**
 * The pieces of a text that is kept.
 * @param letters its initials and its whole pinyin, with a blank between (`lettersOf`)
 */
export function piecesOf(text: string, letters: string): number[] {
  const [initials = '', whole = ''] = letters.split(' ')
  const all = [...runs(compact(text), 2), ...runs(initials, 2), ...runs(initials, 3), ...runs(whole, 3)]
  return [...new Set(all)]
}

/** The pieces that a text must have to be found by what was typed; none where that is a single sign. */
export function piecesFor(typed: string): number[] {
  const isPinyin = isLetters(typed)
  const text = isPinyin ? typed.toLowerCase().replace(/[\s']/g, '') : compact(typed)
  return [...new Set(runs(text, isPinyin && text.length > 2 ? 3 : 2))]
}
