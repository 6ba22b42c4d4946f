import { isDay } from '../../../shared/base/time.ts'
import { isDigitByDigit, type Written } from './numbers.ts'

/*
 * Citizens' identity numbers: area, date of birth, order, check digit (GB 11643—1999); before 1999 fifteen digits
 * without the century and the check digit. 81 to 83 are residence permits of people of Hong Kong, Macao and Taiwan.
 */

const PROVINCES = new Set(
  [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54]
    .concat([61, 62, 63, 64, 65, 71, 81, 82, 83])
    .map(String),
)
/** Municipalities have no prefectures above 03 (and 90, what the city itself runs). */
const MUNICIPALITIES = new Set(['11', '12', '31', '50'])
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'
const OLDEST_YEARS = 120
const SHAPES_18 = new Set(
  '18 6-8-4 6-4-4-4 14-4 6-12 10-8 17-1 4-4-4-4-2 4-4-4-6 6-4-2-2-4 6-6-6 3-3-8-4 3-3-4-4-4 9-9 2-4-8-4 6-8-3-1 6-3-3-3-3 8-10 4-14'.split(
    ' ',
  ),
)
const SHAPES_15 = new Set(['15', '6-6-3', '6-2-2-2-3', '12-3', '5-5-5', '6-9'])

/** Whether digits are written as an identity number is, and make one: of somebody who is alive today (YYYY-MM-DD) or was lately. */
export function isIdentity18({ digits, shape }: Written, today: string): boolean {
  if (digits.length !== 18 || !(SHAPES_18.has(shape) || isDigitByDigit(shape))) return false
  if (!/^\d{17}[\dX]$/.test(digits) || !isArea(digits.slice(0, 6)) || !isBirth(digits.slice(6, 14), today))
    return false
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(digits[at]), 0)
  return CHECKS[sum % 11] === digits[17]
}

/** The old form, which has no check digit: to be believed only beside a word that says so. */
export function isIdentity15({ digits, shape }: Written, today: string): boolean {
  if (digits.length !== 15 || !(SHAPES_15.has(shape) || isDigitByDigit(shape))) return false
  return /^\d{15}$/.test(digits) && isArea(digits.slice(0, 6)) && isBirth(`19${digits.slice(6, 12)}`, today)
}

/** Codes of counties that are no more are on cards still: province, and what a prefecture and a county may be numbered. */
function isArea(code: string): boolean {
  const [province, prefecture, county] = [
    code.slice(0, 2),
    Number(code.slice(2, 4)),
    Number(code.slice(4, 6)),
  ]
  if (!PROVINCES.has(province)) return false
  if (['71', '81', '82', '83'].includes(province)) return true
  if (prefecture === 0 || county === 0) return false
  return MUNICIPALITIES.has(province)
    ? prefecture <= 3 || prefecture === 90
    : prefecture <= 70 || prefecture === 90
}

function isBirth(digits: string, today: string): boolean {
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
  return isDay(day) && day <= today && Number(day.slice(0, 4)) >= Number(today.slice(0, 4)) - OLDEST_YEARS
}
