/* Wrong words (错敏词): what must not be written so, and how it is written rightly. Data of the office. Plain values and types. */

/** Names and titles of leaders, set phrases, places, wording on territory, and other misprints. */
export const WORD_KINDS = ['leader', 'phrase', 'place', 'territory', 'other'] as const
export type WordKind = (typeof WORD_KINDS)[number]

/** Characters of a word; of all words of context together, and how many they are. */
export const LEAST_WORD = 2
export const MOST_WORD = 60
export const MOST_CONTEXT = 200
/** Words of one dictionary. */
export const MOST_WORDS = 100_000
/** Bytes of a sheet of them, and what a workbook may unpack to. */
export const MAX_WORDS_BYTES = 16 * 2 ** 20
export const MOST_UNPACKED_WORDS = 256 * 2 ** 20
/** Wrong rows that an import tells one by one. */
export const MOST_WRONG_ROWS = 500
/** Characters of a text that somebody tries. */
export const MOST_TRIED = 20_000

/** Characters on each side of a word in which its context stands. */
export const CONTEXT = 30

/** The words of one cell or field, as people part them. */
export const severalIn = (text: string): string[] =>
  text
    .split(/[\u3001\uff0c,;\uff1b|\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
