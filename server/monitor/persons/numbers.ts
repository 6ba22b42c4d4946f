import { foldSigns } from '../../../shared/base/signs.ts'

/*
 * Numbers as people write them: in one piece, in groups, digit by digit, full-width, with signs that nobody sees between.
 */

/** What may stand between the digits of one number; a tab or the end of a line parts numbers. */
const SIGN = '[-_. \\u00a0\\u00ad\\u200b-\\u200d\\u2060\\ufeff]'
const RUN = new RegExp(
  `(?<![\\d*A-Za-z#])\\d+[Xx]?(?:${SIGN}{1,3}\\d+[Xx]?|${SIGN}{1,3}[Xx](?![A-Za-z])|(?<=\\d{17}[Xx])\\d{11})*(?![\\d*A-Za-z#])`,
  'g',
)
const GROUP = /\d+[Xx]?|[Xx]/g
/** What is written right before or behind a number and is no part of it: SFZ4401…, 4401…a, tel138…. */
const BESIDE =
  /(?<![A-Za-z#])[A-Za-z#]+(?=\d{17}[\dXx](?!\d))|(?<=(?<!\d)\d{17}[\dXx])[A-Za-z]+|(?:tel|mobile|phone)(?=1[3-9]\d{9}(?!\d))/gi
/** The longest number that is looked for. */
const MOST_DIGITS = 19
/** More pieces than a number written digit by digit has. */
const MOST_GROUPS = MOST_DIGITS

/** A number of a text: its digits, and from where to where it stands. */
export interface Written {
  /** Digits, the last of them maybe an X. */
  readonly digits: string
  /** Lengths of its groups, as `6-8-4`. */
  readonly shape: string
  readonly from: number
  readonly to: number
}

interface Group {
  readonly text: string
  readonly from: number
  readonly to: number
}

/**
 * The numbers of a text that somebody takes for one, from left to right; none is part of another. Where it can be read in
 * several ways, the longest counts.
 * @param isWanted whether digits written in such groups are a number that is looked for
 */
export function numbersIn(text: string, isWanted: (number: Written) => boolean): Written[] {
  const found: Written[] = []
  const plain = foldSigns(text)
    .replace(TIMES, 'X')
    .replace(BESIDE, (letters) => '|'.repeat(letters.length))
  for (const { 0: run, index } of plain.matchAll(RUN)) {
    const groups = [...run.matchAll(GROUP)]
      .flatMap(({ 0: digits, index: at }) =>
        withoutCountry({ text: digits.toUpperCase(), from: index + at, to: index + at + digits.length }),
      )
      .flatMap((group) => apart(group, isWanted))
    found.push(...inRun(groups, isWanted))
  }
  return found
}

/** A sign of times where an X is meant; several of them cover something. */
const TIMES = /(?<=\d)[×✕╳хХ](?![×✕╳хХ\d*])/g
/** The code of the country, written in one with a mobile number. */
const COUNTRY = /^(?:00)?86(?=1[3-9]\d{9}$)/

function withoutCountry(group: Group): Group[] {
  const code = COUNTRY.exec(group.text)?.[0]
  if (code === undefined) return [group]
  const middle = group.from + code.length
  return [
    { text: '86', from: group.from, to: middle },
    { text: group.text.slice(code.length), from: middle, to: group.to },
  ]
}

/** Where the second of two numbers begins that are written in one: an identity number and a mobile, in either order. */
const SECOND = [18, 11] as const

function apart(group: Group, isWanted: (number: Written) => boolean): Group[] {
  if (group.text.length !== SECOND[0] + SECOND[1]) return [group]
  const parted = SECOND.map((length) => {
    const middle = group.from + length
    return [
      { text: group.text.slice(0, length), from: group.from, to: middle },
      { text: group.text.slice(length), from: middle, to: group.to },
    ]
  })
  const isNumber = ({ text, from, to }: Group) =>
    isWanted({ digits: text, shape: String(text.length), from, to })
  return parted.find((both) => both.every(isNumber)) ?? [group]
}

interface Found {
  readonly written: Written
  /** The group behind it. */
  readonly next: number
}

/**
 * A run is looked through from its end, so that at each group it is known whether another number begins there: whoever asked
 * that anew each time would ask without end where numbers can be read in several ways.
 */
function inRun(groups: readonly Group[], isWanted: (number: Written) => boolean): Written[] {
  const from = new Array<Found | null>(groups.length).fill(null)
  for (let at = groups.length - 1; at >= 0; at--) from[at] = longestAt(groups, at, isWanted, from)
  const found: Written[] = []
  let isBegin = true
  for (let at = 0; at < groups.length; ) {
    const number = isBegin ? from[at] : aloneAt(groups, at, isWanted)
    if (number) {
      found.push(number.written)
      at = number.next
      isBegin = true
    } else {
      // A country's code stands before a number and is none of it.
      isBegin = groups[at]?.text === '86'
      at++
    }
  }
  return found
}

/** The number that is one group: in several it must begin where something begins. */
function aloneAt(groups: readonly Group[], at: number, isWanted: (number: Written) => boolean): Found | null {
  const group = groups[at]
  if (!group || group.text.length > MOST_DIGITS) return null
  const { text, from, to } = group
  const written = { digits: text, shape: String(text.length), from, to }
  return isWanted(written) ? { written, next: at + 1 } : null
}

/** The longest number that begins at a group: in several groups it ends where the run does, or where another begins. */
function longestAt(
  groups: readonly Group[],
  at: number,
  isWanted: (number: Written) => boolean,
  known: readonly (Found | null)[],
): Found | null {
  let best = aloneAt(groups, at, isWanted)
  const first = groups[at]
  let digits = first?.text ?? ''
  const lengths = [digits.length]
  for (let next = at + 1; first && next < groups.length && lengths.length < MOST_GROUPS; next++) {
    const group = groups[next]
    if (!group || digits.endsWith('X')) break
    digits += group.text
    lengths.push(group.text.length)
    if (digits.length > MOST_DIGITS) break
    const isEnd = next === groups.length - 1 || known[next + 1] !== null
    if (!isEnd) continue
    const written = { digits, shape: lengths.join('-'), from: first.from, to: group.to }
    if (isWanted(written)) best = { written, next: next + 1 }
  }
  return best
}

/** Whether every group is one digit. */
export const isDigitByDigit = (shape: string): boolean => /^1(?:-1)+$/.test(shape)
