import issuers from './issuers.json' with { type: 'json' }
import { isDigitByDigit, type Written } from './numbers.ts'

/*
 * Numbers of bank cards: the issuer's number in front, Luhn's check digit at the end (ISO/IEC 7812).
 */

const BANK_OF = new Map(
  issuers.issuers.flatMap(({ bank, begins }) => begins.map((begin) => [begin, bank] as const)),
)
const SHAPE = /^(?:1[6-9]|4-4-4-4(?:-[1-3])?|6-1[0-3]|4-4-4-7|8-8|6-4-4-[2-5]|4-1[2-5])$/

/** The bank that such a number is of; null for one that is written or made otherwise, or is of none that is known. */
export const bankOf = (number: Written): string | null =>
  isCard(number) ? (BANK_OF.get(number.digits.slice(0, 6)) ?? null) : null

/** Whether it may be a card of any bank: to be believed only beside a word that says so. */
export const isMaybeCard = (number: Written): boolean =>
  isCard(number) && issuers.schemes.some((begin) => number.digits.startsWith(begin))

function isCard({ digits, shape }: Written): boolean {
  if (digits.length < 16 || digits.length > 19 || !/^\d+$/.test(digits)) return false
  return (SHAPE.test(shape) || isDigitByDigit(shape)) && isLuhn(digits)
}

function isLuhn(digits: string): boolean {
  let sum = 0
  for (let back = 0; back < digits.length; back++) {
    const digit = Number(digits[digits.length - 1 - back])
    const twice = back % 2 === 1 ? digit * 2 : digit
    sum += twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0 && !/^(\d)\1+$/.test(digits)
}
