import { bankOf, isMaybeCard } from './cards.ts'
import { isIdentity15, isIdentity18 } from './identity.ts'
import { columnOf } from './lines.ts'
import {
  hasOrganisation,
  isBehindOffice,
  isContact,
  isName,
  isOfficeLabel,
  isOfficial,
  isTitled,
  type Named,
  nameAbove,
  nameAt,
  nameOfRecord,
  namesIn,
  namesOrganisation,
  sentenceBefore,
} from './names.ts'
import { isDigitByDigit, type Written } from './numbers.ts'
import type { Read } from './read-line.ts'
import { mayBeSerial, type Serials } from './serials.ts'
import { has } from './whole.ts'
import words from './words.json' with { type: 'json' }

/*
 * What a number is, and whose. An identity number is one by its own digits, where nothing says that it is another; a number of a card by its
 * issuer; a mobile telephone is somebody's where a name stands beside it or in its row, and where nothing says that it is an office's. Whether it
 * is an office's serial or contact is asked only where numbers are told: covered is whatever may be somebody's.
 */

export const PERSONAL_KINDS = ['identity', 'mobile', 'card'] as const
export type PersonalKind = (typeof PERSONAL_KINDS)[number]

/** How the numbers of a text are judged. */
export interface Judging {
  /** YYYY-MM-DD: nobody is born later. */
  readonly today: string
  /** It is for programs, which have long numbers for everything: only what is called a card, or stands beside a name, is one. */
  readonly isUnshown?: boolean
  /** Those of the whole text, where numbers are told; left out where they are covered, and one too many does no harm. */
  readonly serials?: Serials
}

/** Words by which a number is that of whoever is on duty, or is asked in an office. */
export const dutyOf = ({ serials }: Judging): readonly string[] => (serials ? TOLD_DUTY : words.duty)
const TOLD_DUTY = [...words.duty, ...words.enquiries]

/** Characters before a number in which a word tells what it is. */
const NEAR = 24
const CALLED_IDENTITY = [...words.identityLabels, ...words.identityKeys]
const CALLED_SOMEBODY = [...words.nameLabels, ...words.identityLabels]
/** Characters on each side of a number in which a name may say that it is somebody's. */
const BESIDE = 40
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

const isMobile = ({ digits, shape }: Written): boolean =>
  /^1[3-9]\d{9}$/.test(digits) && (MOBILE_SHAPES.has(shape) || isDigitByDigit(shape))

/** Whether digits may be a number of a person, whatever stands around them. */
export const isWanted = (number: Written, today: string): boolean =>
  isMobile(number) || isIdentity18(number, today) || isIdentity15(number, today) || isMaybeCard(number)

/** What a number is in its line; null for one that is nobody's, as far as one can tell. */
export function kindOf(line: Read, number: Written, judging: Judging): PersonalKind | null {
  const { today, isUnshown = false, serials } = judging
  const around = contextOf(line, number)
  if (has(around.near, words.specimen) || words.specimenNumbers.includes(number.digits)) return null
  if (isIdentity18(number, today)) return isIdentity(line, number, around, judging) ? 'identity' : null
  const said = serials ? around.label : around.near
  if (isIdentity15(number, today) && has(said, words.identityLabels)) return 'identity'
  if (isMobile(number)) return isSomebodys(line, number, around, judging) ? 'mobile' : null
  if ((serials && isCalledOther(around)) || isOfOrganisation(line, number, around, judging)) return null
  if (bankOf(number) !== null && !isUnshown) return 'card'
  if (!isMaybeCard(number)) return null
  if (has(said, words.cardLabels)) return 'card'
  return isUnshown && bankOf(number) !== null && isCalledCard(line, number, around) ? 'card' : null
}

/** The words that tell what a number is: right before it, above its column, both; and those about the whole row or table. */
interface Around {
  readonly before: string
  readonly heading: string
  readonly label: string
  readonly near: string
}

function contextOf(line: Read, { from }: Written): Around {
  const near = line.text.slice(Math.max(0, from - NEAR), from)
  const heading = line.isRow ? (line.headings[columnOf(line.text, from)] ?? '') : ''
  const before = line.isRow ? cellBefore(line.text.slice(0, from)) : near
  return { before, heading, label: `${heading} ${before}`, near: `${line.above} ${line.heading} ${near}` }
}

/** What stands before a number in its cell; one that holds nothing else is told by the cell before it, in a form. */
function cellBefore(text: string): string {
  const end = text.trimEnd().length
  const isBlank = text.lastIndexOf('\t') >= end
  return text
    .slice((isBlank ? text.lastIndexOf('\t', Math.max(0, end - 1)) : text.lastIndexOf('\t')) + 1)
    .slice(-NEAR)
}

/** A word that says what a number is, right before it: 受理号：, 证书编号为. */
const OTHER = new RegExp(`(?:${words.otherNumbers.join('|')})(?:[^\\p{L}\\p{N}]|[为是第]|no){0,6}$`, 'iu')
/** Characters before such a word in which another may make it one of identity numbers: 身份证编号. */
const JOINED = 6

/** It is said to be a number of something else than a person. */
function isCalledOther({ before, heading }: Around): boolean {
  const own = OTHER.exec(before)
  if (own) return !has(before.slice(Math.max(0, own.index - JOINED)), words.identityLabels)
  return has(heading, words.otherNumbers) && !has(`${heading} ${before}`, words.identityLabels)
}

/**
 * Digits that make an identity number are one, unless they are called otherwise with nobody's name beside them, or may be a serial and nothing
 * says that they are not.
 */
function isIdentity(line: Read, number: Written, around: Around, { serials }: Judging): boolean {
  if (!serials) return true
  const isOther = isCalledOther(around)
  if (isOther && (mayBeSerial(number) || !isBesideName(line, number))) return false
  if (!isOther && has(around.label, CALLED_IDENTITY)) return true
  if (serials.has(line, number)) return false
  return !mayBeSerial(number) || isBesideSomebody(line, number, around)
}

/** Somebody is named at a number, in its row, or above it where it stands alone; or something says that a person follows. */
function isBesideSomebody(line: Read, number: Written, { before }: Around): boolean {
  const last = line.above.slice(line.above.lastIndexOf('\n') + 1)
  if (before.trim() === '' && (isName(last) || has(last, words.identityLabels))) return true
  if (has(`${line.heading} ${before}`, CALLED_SOMEBODY)) return true
  return isBesideName(line, number)
}

function isBesideName(line: Read, number: Written): boolean {
  const name = nameAt(line.text, number)
  return (
    line.persons.length > 0 || (name !== null && !isTitled(name, false)) || hasNameAround(line.text, number)
  )
}

function hasNameAround(text: string, { from, to }: Written): boolean {
  const [begin, end] = [Math.max(0, from - BESIDE), to + BESIDE]
  // What is cut is no name, though its half may look like one.
  const before = text.slice(begin, from).replace(begin > 0 ? /^\p{Script=Han}+/u : '', '')
  const behind = text.slice(to, end).replace(end < text.length ? /\p{Script=Han}+$/u : '', '')
  return namesIn(`${before} ${behind}`).some((name) => !isTitled(name, false))
}

/** A name in the cell before a number, as lists in programs have it: "李丽","6222…". */
const CELL_BEFORE = /(\p{Script=Han}{2,4})["'\s,:：，]{1,6}$/u

/** A number of a known bank by which programs call it a card, or beside which somebody is named. */
function isCalledCard(line: Read, number: Written, { label }: Around): boolean {
  const name = CELL_BEFORE.exec(label)?.[1]
  return has(label, words.cardKeys) || nameAt(line.text, number) !== null || (!!name && isName(name))
}

/** Somebody's, and no office's: a name at the number or in its row, and nothing that says who is on duty or where an office is. */
function isSomebodys(line: Read, number: Written, around: Around, judging: Judging): boolean {
  const duty = dutyOf(judging)
  if (has(around.near, duty) || has(around.label, duty) || (!line.isRow && line.namesOffice)) return false
  const named = namedAt(line, number)
  if (!judging.serials) return named !== null || (line.isRow && line.names.length > 0)
  if (isOfficesContact(line, number, around)) return false
  return (line.isRow && line.persons.length > 0) || (named !== null && !isOfficial(named))
}

/** Whose name stands at a number; outside of tables above it, too, or where its sentence begins. */
function namedAt(line: Read, number: Written): Named | null {
  const { text, above } = line
  const own = nameAt(text, number)
  if (own !== null || line.isRow) return own === null ? null : placed(text, own, number)
  const upper = nameAbove(line, text.slice(0, number.from), text.slice(number.to))
  if (upper !== null) return { name: upper, text: above, at: above.lastIndexOf(upper) }
  const first = nameOfRecord(text, number.from)
  return first === null ? null : placed(text, first, number)
}

function placed(text: string, name: string, { from, to }: Written): Named {
  const before = text.slice(0, from).lastIndexOf(name)
  return { name, text, at: before >= 0 ? before : text.indexOf(name, to) }
}

function isOfficesContact(line: Read, { from }: Written, { heading }: Around): boolean {
  if (line.isRow) return isOfficeLabel(heading) || line.isOfContacts
  return isBehindOffice(line.text, from) || isContact(sentenceBefore(line.text, from), () => line.isOfOffice)
}

function isOfOrganisation(
  line: Read,
  { to }: Written,
  { label, near }: Around,
  { serials }: Judging,
): boolean {
  const names = serials ? namesOrganisation : hasOrganisation
  return (
    // In a list, of whom the row is; elsewhere who is named behind the number.
    (line.isRow && (serials ? line.persons : line.names).length === 0 && names(line.text)) ||
    (!line.isRow &&
      holderOf(line.text.slice(to, to + NEAR * 2), (holder) => has(holder, words.organisations))) ||
    has(
      label,
      words.organisationAccounts.filter((word) => word !== '户名'),
    ) ||
    holderOf(near, (holder) => has(holder, words.organisations) || !isName(holder)) ||
    (has(near, words.organisationAccounts) && !holderOf(near, isName) && names(near))
  )
}

/** Whose an account is, as it is written beside its number. */
const HOLDER = /(?:户名|账户名称?|帐户名称?|开户名称?)[\s:：为是]{0,4}([^\s,，;；。:：]{2,30})/u
const holderOf = (near: string, isSo: (holder: string) => boolean): boolean => {
  const holder = HOLDER.exec(near)?.[1]
  return holder !== undefined && isSo(holder)
}
