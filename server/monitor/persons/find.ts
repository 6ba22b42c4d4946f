import type { Steps } from '../../base/slices.ts'
import { dutyOf, isWanted, type Judging, kindOf, type PersonalKind } from './kinds.ts'
import { linesOf } from './lines.ts'
import { type Cover, covered, maskName, maskNumber, replaced, STARS } from './mask.ts'
import { nameAt, nameOfRecord, namesIn, namesOrganisation } from './names.ts'
import { numbersIn, type Written } from './numbers.ts'
import { Read } from './read-line.ts'
import { Serials } from './serials.ts'
import { has, partedNumbers, wholeNumbers } from './whole.ts'

/* What a text publishes of persons, and how it may be shown. */

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
/** Lines behind the name of an organisation in which contacts are its own. */
const OF_OFFICE = 6
/** Characters around a number that are shown. */
const SHOWN = 60

/**
 * The numbers of persons in a text, in whose order they stand.
 * @param text blocks parted by line ends, cells of a table by tabs
 * @param today YYYY-MM-DD: nobody is born later
 * @param isUnshown it is for programs, which have long numbers for everything: only what is called a card, or stands beside a name, is one
 */
export function personalIn(text: string, today: string, isUnshown = false): Personal[] {
  const found: Personal[] = []
  const whole = wholeNumbers(text, today)
  const serials = new Serials(today)
  for (const line of linesOf(whole)) serials.note(line)
  for (const one of toldLines(whole, { today, isUnshown, serials })) {
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
function* toldLines(text: string, judging: Judging) {
  const duty = dutyOf(judging)
  let [sinceDuty, sinceOffice] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const one of linesOf(text)) {
    sinceDuty = has(one.text, duty) ? 0 : sinceDuty + 1
    sinceOffice = namesOrganisation(one.text) ? 0 : sinceOffice + 1
    if (digitsIn(one.text) < LEAST_DIGITS) {
      yield null
      continue
    }
    const line = new Read(one, { isOfDuty: sinceDuty <= OF_DUTY, isOfOffice: sinceOffice <= OF_OFFICE })
    const numbers = numbersIn(line.text, (number) => isWanted(number, judging.today))
    const told = numbers.flatMap((number) => {
      const kind = kindOf(line, number, judging)
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
  for (const one of toldLines(text, { today })) {
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
  const heading = labels.join('\t')
  const line = new Read({ text, isRow: true, heading, headings: labels, above: '', at: 0, table: 0 })
  const numbers = numbersIn(text, (number) => isWanted(number, today))
  const isTold = numbers.some((number) => kindOf(line, number, { today, isUnshown: true }) !== null)
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
    const numbers = numbersIn(line.text, (number) => isWanted(number, today))
    const isSomebodys = numbers.some((number) => kindOf(line, number, { today }) !== null)
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
    const numbers = numbersIn(line.text, (number) => isWanted(number, today))
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

function coversOf(line: Read, numbers: readonly Written[]) {
  const covers = numbers.map(({ from, to, digits }) => ({ from, to, by: maskNumber(digits) }))
  const names = [
    ...line.names,
    ...namesIn(line.text),
    ...numbers.flatMap((number) => nameAt(line.text, number) ?? []),
    ...numbers.flatMap(({ from }) => nameOfRecord(line.text, from) ?? []),
  ]
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
