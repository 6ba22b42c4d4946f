import type { Steps } from '../../base/slices.ts'
import { bankOf, isMaybeCard } from './cards.ts'
import { isIdentity15, isIdentity18 } from './identity.ts'
import { type Line, linesOf } from './lines.ts'
import { type Cover, covered, maskName, maskNumber, replaced, STARS } from './mask.ts'
import { isName, nameAbove, nameAt } from './names.ts'
import { isDigitByDigit, numbersIn, type Written } from './numbers.ts'
import { Read } from './read-line.ts'
import { has, partedNumbers, wholeNumbers } from './whole.ts'
import words from './words.json' with { type: 'json' }

/*
 * What a text publishes of persons. An identity number is one by its own digits; a number of a card by its issuer; a mobile
 * telephone is somebody's where a name stands beside it or in its row, and where nothing says that it is an office's.
 */

export const PERSONAL_KINDS = ['identity', 'mobile', 'card'] as const
export type PersonalKind = (typeof PERSONAL_KINDS)[number]

/** One number of a person in a text. */
export interface Personal {
  readonly kind: PersonalKind
  /** Covered: `440***1X`. */
  readonly masked: string
  /** What stands around it, all of it covered. */
  readonly excerpt: string
}

/** Numbers that are looked at in one text; a list of more says nothing new. */
const MOST = 2_000
const LEAST_DIGITS = 11
/** Lines behind a word of duty in which names and numbers that stand by themselves may be of a list of those on duty. */
const OF_DUTY = 60
/** Characters before a number in which a word tells what it is. */
const NEAR = 24
/** Characters around a number that are shown. */
const SHOWN = 60
const MOBILE_SHAPES = new Set([
  '11',
  '3-4-4',
  '4-3-4',
  '4-4-3',
  '3-3-5',
  '3-8',
  '7-4',
  '5-6',
  '6-5',
  '3-2-2-2-2',
])

/**
 * The numbers of persons in a text, in whose order they stand.
 * @param text blocks parted by line ends, cells of a table by tabs
 * @param today YYYY-MM-DD: nobody is born later
 * @param isUnshown it is for programs, which have long numbers for everything: only what is called a card, or stands beside a name, is one
 */
export function personalIn(text: string, today: string, isUnshown = false): Personal[] {
  const found: Personal[] = []
  for (const one of toldLines(wholeNumbers(text, today), today, isUnshown)) {
    if (found.length >= MOST) break
    if (one === null) continue
    const covers = coversOf(one.line, one.numbers)
    found.push(
      ...one.told.map(({ kind, number }) => ({
        kind,
        masked: maskNumber(number.digits),
        excerpt: excerptOf(one.line.text, number, covers),
      })),
    )
  }
  return found.slice(0, MOST)
}

/** Line by line, what tells a number of a person, with all the numbers in it; null: a line that tells none. */
function* toldLines(text: string, today: string, isUnshown = false) {
  let sinceDuty = Number.POSITIVE_INFINITY
  for (const one of linesOf(text)) {
    sinceDuty = has(one.text, words.duty) ? 0 : sinceDuty + 1
    if (digitsIn(one.text) < LEAST_DIGITS) {
      yield null
      continue
    }
    const line = new Read(one, sinceDuty <= OF_DUTY)
    const numbers = numbersIn(line.text, (number) => wanted(number, today))
    const told = numbers.flatMap((number) => {
      const kind = kindOf(line, number, today, isUnshown)
      return kind ? [{ kind, number }] : []
    })
    yield told.length > 0 ? { line, numbers, told } : null
  }
}

/**
 * From where to where numbers of persons and the names beside them stand in a text, so that they can be covered where it is shown.
 * @param text as of `personalIn`
 */
export function* coversIn(text: string, today: string): Steps<Cover[]> {
  const covers: Cover[] = partedNumbers(text, today).map(({ from, to, digits }) => ({
    ...{ from, to },
    by: maskNumber(digits),
  }))
  for (const one of toldLines(text, today)) {
    yield
    if (one === null) continue
    for (const { from, to, by } of coversOf(one.line, one.numbers)) {
      covers.push({ from: one.line.at + from, to: one.line.at + to, by })
    }
  }
  return covers
}

/**
 * The same of a record, as addresses have one: what stands in each of its cells.
 * @param labels what each is called
 */
export function coversOfRecord(
  labels: readonly string[],
  cells: readonly string[],
  today: string,
): Cover[][] {
  const text = cells.join('\t')
  const line = new Read({ text, isRow: true, heading: labels.join('\t'), headings: labels, above: '', at: 0 })
  const numbers = numbersIn(text, (number) => wanted(number, today))
  const isTold = numbers.some((number) => kindOf(line, number, today, true) !== null)
  const covers = isTold ? coversOf(line, numbers) : []
  let begin = 0
  return cells.map((cell) => {
    const [from, to] = [begin, begin + cell.length]
    begin = to + 1
    const own = covers.filter((one) => one.from >= from && one.to <= to)
    return own.map((one) => ({ ...one, from: one.from - from, to: one.to - from }))
  })
}

/** A text with the numbers of persons in it covered, and the names beside those; numbers that are nobody's stay. */
export function withoutPersons(text: string, today: string): string {
  if (digitsIn(text) < LEAST_DIGITS) return text
  const shown = (line: Read): string => {
    const numbers = numbersIn(line.text, (number) => wanted(number, today))
    const isSomebodys = numbers.some((number) => kindOf(line, number, today) !== null)
    return isSomebodys ? replaced(line.text, coversOf(line, numbers)) : line.text
  }
  return [...linesOf(wholeNumbers(text, today))].map((line) => shown(new Read(line))).join('\n')
}

/** What may be the rest of a number where a piece was cut out of its text. */
const HALVES = /^\d{3,}[Xx]?|\d{3,}[Xx]?$/g
/** Of a number that has a cell for each digit, as much as was cut out. */
const DIGITS_IN_CELLS =
  /(?<![\dA-Za-z\uff10-\uff19])[\d\uff10-\uff19](?: {0,3}[\t\n] {0,3}[\d\uff10-\uff19Xx](?![\dA-Za-z\uff10-\uff19])){2,}/g

/**
 * The same of a piece that was cut out of a text: whose a number is can no longer be told, nor whether it is whole, so that every long
 * one is covered, and what of one stands at its ends.
 * @param isWhole nothing was cut off, and nothing can stand at its ends
 */
export function withoutNumbers(text: string, today: string, isWhole = false): string {
  const shown = (line: Read): string => {
    const numbers = numbersIn(line.text, (number) => wanted(number, today))
    const left = covered(line.text, numbers.length > 0 ? coversOf(line, numbers) : [])
    return isWhole ? left : left.replace(HALVES, STARS)
  }
  const whole = wholeNumbers(text, today, true).replace(DIGITS_IN_CELLS, STARS)
  return [...linesOf(whole)].map((line) => shown(new Read(line))).join('\n')
}

function digitsIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if ((unit >= 0x30 && unit <= 0x39) || (unit >= 0xff10 && unit <= 0xff19)) count++
  }
  return count
}

const isMobile = ({ digits, shape }: Written): boolean =>
  /^1[3-9]\d{9}$/.test(digits) && (MOBILE_SHAPES.has(shape) || isDigitByDigit(shape))

const wanted = (number: Written, today: string): boolean =>
  isMobile(number) || isIdentity18(number, today) || isIdentity15(number, today) || isMaybeCard(number)

/** What a number is in its line; null for one that is nobody's, as far as one can tell. */
function kindOf(line: Read, number: Written, today: string, isUnshown = false): PersonalKind | null {
  const around = contextOf(line, number)
  if (has(around.near, words.specimen) || words.specimenNumbers.includes(number.digits)) return null
  if (isIdentity18(number, today)) return has(around.label, words.otherNumbers) ? null : 'identity'
  if (isIdentity15(number, today) && has(around.label, words.identityLabels)) return 'identity'
  if (isMobile(number)) return isSomebodys(line, number, around) ? 'mobile' : null
  if (has(around.label, words.otherNumbers) || isOfOrganisation(line, number, around)) return null
  if (bankOf(number) !== null && !isUnshown) return 'card'
  if (!isMaybeCard(number)) return null
  if (has(around.label, words.cardLabels)) return 'card'
  return isUnshown && bankOf(number) !== null && isCalledCard(line, number, around) ? 'card' : null
}

/** A name in the cell before a number, as lists in programs have it: "李丽","6222…". */
const CELL_BEFORE = /(\p{Script=Han}{2,4})["'\s,:：，]{1,6}$/u

/** A number of a known bank by which programs call it a card, or beside which somebody is named. */
function isCalledCard(line: Read, number: Written, { label }: Around): boolean {
  const name = CELL_BEFORE.exec(label)?.[1]
  return has(label, words.cardKeys) || nameAt(line.text, number) !== null || (!!name && isName(name))
}

/** The words that tell what a number is: right before it or above its column; and those about the whole row or table. */
interface Around {
  readonly label: string
  readonly near: string
}

function contextOf(line: Line, { from }: Written): Around {
  const before = line.text.slice(Math.max(0, from - NEAR), from)
  const heading = line.isRow ? (line.headings[columnOf(line.text, from)] ?? '') : ''
  const cell = line.isRow ? before.slice(before.lastIndexOf('\t') + 1) : before
  // A cell that holds nothing but the number is told by the one before it, in a form, or by its column's heading.
  const label = `${cell.trim() === '' ? before : cell} ${heading}`
  return { label, near: `${line.above} ${line.heading} ${before}` }
}

/** The column in which a place of a row stands. */
function columnOf(text: string, place: number): number {
  let column = 0
  for (let at = text.indexOf('\t'); at >= 0 && at < place; at = text.indexOf('\t', at + 1)) column++
  return column
}

/** Somebody's, and no office's: a name at the number or in its row, and nothing that says who is on duty or where an office is. */
function isSomebodys(line: Read, number: Written, { near, label }: Around): boolean {
  if (has(near, words.duty) || has(label, words.duty)) return false
  if (line.isRow) return line.names.length > 0 || nameAt(line.text, number) !== null
  if (line.namesOffice) return false
  const [before, behind] = [line.text.slice(0, number.from), line.text.slice(number.to)]
  return nameAt(line.text, number) !== null || nameAbove(line, before, behind) !== null
}

const isOfOrganisation = (line: Read, { to }: Written, { label, near }: Around): boolean =>
  // In a list, of whom the row is; elsewhere who is named behind the number.
  (line.isRow && line.names.length === 0 && has(line.text.replaceAll('银行', ''), words.organisations)) ||
  (!line.isRow &&
    holderOf(line.text.slice(to, to + NEAR * 2), (holder) => has(holder, words.organisations))) ||
  has(
    label,
    words.organisationAccounts.filter((word) => word !== '户名'),
  ) ||
  holderOf(near, (holder) => has(holder, words.organisations) || !isName(holder)) ||
  (has(near, words.organisationAccounts) &&
    !holderOf(near, isName) &&
    has(near.replaceAll('银行', ''), words.organisations))

/** Whose an account is, as it is written beside its number. */
const HOLDER = /(?:户名|账户名称?|帐户名称?|开户名称?)[\s:：为是]{0,4}([^\s,，;；。:：]{2,30})/u
const holderOf = (near: string, isSo: (holder: string) => boolean): boolean => {
  const holder = HOLDER.exec(near)?.[1]
  return holder !== undefined && isSo(holder)
}

/** Between a name and what is said of it. */
const BETWEEN = /[^\p{Script=Han}]+/u

/** What stands right before and behind a name, with nothing between: 姓名张三身份证号. */
const STUCK = new RegExp(
  `^(?:${words.nameLabels.join('|')})?(.*?)(?:(?:${[...words.identityLabels, ...words.phoneLabels, ...words.cardLabels].join('|')})号?码?)?$`,
  'u',
)
const withoutLabels = (piece: string): string => STUCK.exec(piece)?.[1] ?? piece

function coversOf(line: Read, numbers: readonly Written[]) {
  const covers = numbers.map(({ from, to, digits }) => ({ from, to, by: maskNumber(digits) }))
  const pieces = line.text.split(BETWEEN).map(withoutLabels).filter(isName)
  const names = [...line.names, ...pieces, ...numbers.flatMap((number) => nameAt(line.text, number) ?? [])]
  for (const name of new Set(names)) {
    for (let from = line.text.indexOf(name); from >= 0; from = line.text.indexOf(name, from + name.length)) {
      covers.push({ from, to: from + name.length, by: maskName(name) })
    }
  }
  return covers
}

function excerptOf(text: string, { from, to }: Written, covers: ReturnType<typeof coversOf>): string {
  const [begin, end] = [Math.max(0, from - SHOWN), Math.min(text.length, to + SHOWN)]
  // What is covered is not cut: half of a number is a number still.
  const first = Math.min(
    begin,
    ...covers.filter((one) => one.from < begin && one.to > begin).map((one) => one.from),
  )
  const last = Math.max(end, ...covers.filter((one) => one.from < end && one.to > end).map((one) => one.to))
  const within = covers.filter((one) => one.from >= first && one.to <= last)
  const moved = within.map((one) => ({ ...one, from: one.from - first, to: one.to - first }))
  return covered(text.slice(first, last), moved).replace(/\s+/g, ' ').trim()
}
