import { isIdentity18 } from './identity.ts'
import { columnOf, type Line } from './lines.ts'
import type { Written } from './numbers.ts'
import words from './words.json' with { type: 'json' }

/*
 * Offices number what they do by area, day and order (440105 20211012 0001), which is how identity numbers are made, but for the check digit:
 * one serial in eleven has the right one by chance.
 */

const EIGHTEEN = /(?<!\d)\d{17}[\dXx](?!\d)/g
/** Digits that serials of one office have in common: the area and the century. */
const IN_COMMON = 8

/** What a whole text has of serials: numbers of a kind, of which no fewer have a wrong check digit than the right one. */
export class Serials {
  readonly #today: string
  /** Of each kind, how many more are right than wrong. */
  readonly #balance = new Map<string, number>()

  constructor(today: string) {
    this.#today = today
  }

  /** Counts the numbers of a line; each line of the text once, before any is asked about. */
  note(line: Line): void {
    for (const { 0: said, index } of line.text.matchAll(EIGHTEEN)) {
      const written = { digits: said.toUpperCase(), shape: '18', from: index, to: index + said.length }
      const kind = kindOf(line, written)
      const more = isIdentity18(written, this.#today) ? 1 : -1
      this.#balance.set(kind, (this.#balance.get(kind) ?? 0) + more)
    }
  }

  /** Whether a number is of such a kind. */
  has(line: Line, number: Written): boolean {
    const balance = this.#balance.get(kindOf(line, number))
    return balance !== undefined && balance <= 0
  }
}

/** In a table a column, elsewhere what begins alike. */
const kindOf = (line: Line, { digits, from }: Written): string =>
  line.heading !== '' ? `${line.table} ${columnOf(line.text, from)}` : digits.slice(0, IN_COMMON)

/** Written in one, with a day since offices have computers that number for them: what nobody calls somebody's may be a serial. */
export const mayBeSerial = ({ digits, shape }: Written): boolean =>
  shape === '18' && Number(digits.slice(6, 10)) >= words.serialsSince
