import { isIdentity18 } from './identity.ts'
import words from './words.json' with { type: 'json' }

/*
 * Identity numbers that a text has in several cells or on two lines.
 */

/** Whether a text has one of some words, in capitals or not. */
export const has = (text: string, some: readonly string[]): boolean => {
  const lower = text.toLowerCase()
  return some.some((word) => lower.includes(word))
}

/** A digit to a cell, as forms have it. */
const DIGIT_CELLS = /(?<![^\t\n])(?:\d {0,3}\t){17}[\dXx](?![^ \t\n])/g
/** Digits at the end of a line, and at the beginning of the next: as many as such a number has, or each would take the next line's. */
const TWO_LINES =
  /(?<![\dA-Za-z*])(?=[\d\n]{18}[\dXx](?![\dA-Za-z*]))(\d{3,17})\n(\d{1,14}[\dXx])(?![\dA-Za-z*])/g
/** The parts of an identity number, or its halves, in cells of their own, in a table that says so. */
const PART_CELLS =
  /(?<![\dA-Za-z*])(?:\d{6}\t\d{8}\t\d{3}[\dXx]|(?=[\d\t]{18}[\dXx](?![\dA-Za-z*]))\d{4,14}\t\d{3,13}[\dXx])(?![\dA-Za-z*])/g

function isWhole(parted: string, today: string): boolean {
  const digits = parted.replace(/\s/g, '')
  return isIdentity18({ digits: digits.toUpperCase(), shape: '18', from: 0, to: digits.length }, today)
}

/**
 * A text with identity numbers in one piece that it has in several cells or on two lines.
 * @param isCut it was cut out of another: what says so of its table may stand elsewhere
 */
export function wholeNumbers(text: string, today: string, isCut = false): string {
  const whole = (parted: string): string => (isWhole(parted, today) ? parted.replace(/\s/g, '') : parted)
  // No serial is written so: its digits stay apart, by which it is known.
  const apart = (parted: string): string => (isWhole(parted, today) ? parted.replace(/\s+/g, ' ') : parted)
  const joined = text.replace(DIGIT_CELLS, apart).replace(TWO_LINES, whole)
  return isCut || has(joined, words.identityLabels) ? joined.replace(PART_CELLS, whole) : joined
}

/** Where such numbers stand in a text. */
export function partedNumbers(text: string, today: string): { from: number; to: number; digits: string }[] {
  const forms = has(text, words.identityLabels)
    ? [DIGIT_CELLS, TWO_LINES, PART_CELLS]
    : [DIGIT_CELLS, TWO_LINES]
  return forms.flatMap((form) =>
    [...text.matchAll(form)].flatMap(({ 0: parted, index }) =>
      isWhole(parted, today)
        ? [{ from: index, to: index + parted.length, digits: parted.replace(/\s/g, '') }]
        : [],
    ),
  )
}
