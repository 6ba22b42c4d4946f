import { has } from './whole.ts'
import words from './words.json' with { type: 'json' }

/*
 * Names of persons: a surname and one or two more characters. What a list of surnames takes for a name and is none
 * (职务, 地名) is among the words.
 */

const HAN = '\\p{Script=Han}'
const SURNAME = `(?:${words.surnamesOfTwo.join('|')}|[${words.surnames}])`
const NO_NAMES = new Set(words.noNames)
const either = (some: readonly string[]) => some.join('|')
/** A name by itself: a cell of a table, or between two signs. Two characters are set apart by a blank in tables. */
const ALONE = new RegExp(
  `^(?:${SURNAME}[ \\u3000]{0,4}${HAN}(?:[ \\u3000]?${HAN})?|${SURNAME}[*＊某○×xX]{1,2}${HAN}?)$`,
  'u',
)
/** Of peoples whose names are written with a point: 买买提·艾力. */
const POINTED = `${HAN}{1,10}(?:[·•・]${HAN}{1,10}){1,3}`
const END = `(?:${either(words.nameEnds)})?`
const LABEL = `(?:${either(words.nameLabels)})`
const PHONE_LABEL = `(?:${either(words.phoneLabels)})`
/** Who somebody is, behind the name: 张三（户主）. */
const PRIVATE_LABELS = words.nameLabels.filter((label) => !words.publicLabels.includes(label))
const ROLE = `(?:[(（【\\[〔]${HAN}{0,4}(?:${either(PRIVATE_LABELS)})[)）】\\]〕])?`
/** Signs of all kinds between a name and its number, but what ends a sentence, and what programs put there. */
const MARK = '[^\\p{L}\\p{N}\\n。！？"\'=<>{}*]'
/** 联系人：张三, 与张三联系, 张三（电话：…), （张三 13…). Looked for right before a number, or right behind one. */
const BEFORE = [
  new RegExp(`${LABEL}[ \\t:：为是]{0,4}(${SURNAME}${HAN}{1,2})(?!${HAN})`, 'u'),
  new RegExp(
    `(?:与|找|向|询|请联系|联系)(${SURNAME}${HAN}{1,2}?)(?:${either(words.nameEnds)})?(?:联系|咨询|领取|登记|报名)`,
    'u',
  ),
  new RegExp(
    `(?<!${HAN})(${SURNAME}[ ]?${HAN}{1,2})${END}${ROLE}${MARK}{0,4}(?:${PHONE_LABEL}){0,2}(?:[(（]${HAN}{1,8}[)）])?(?:${MARK}|[是为]){0,4}(?:86)?[ -]?$`,
    'iu',
  ),
]
const BEHIND = new RegExp(`^[ \\t]{0,3}[(（/、,， -]?[ \\t]?(${SURNAME}${HAN}{1,2})${END}(?!${HAN})`, 'u')

/** Whether a cell, or a piece between two signs, is the name of a person, as far as one can tell. */
export function isName(text: string): boolean {
  const trimmed = text.trim()
  return ALONE.test(trimmed) && isNone(trimmed.replace(/\s/g, '')) === false
}

const TITLED = new RegExp(`^${SURNAME}(${either(words.titles)})$`, 'u')

/**
 * Whether somebody is called by an office: 张工, 李主任. It is a name all the same where one is to be covered.
 * @param isCalled something says that it is a name: what may be a title of one character is its last (李科)
 */
export function isTitled(name: string, isCalled: boolean): boolean {
  const title = TITLED.exec(name.replace(/\s/g, ''))?.[1]
  return title !== undefined && !(isCalled && title.length === 1)
}

const isNone = (name: string) =>
  NO_NAMES.has(name) ||
  NO_NAMES.has(name.slice(0, 2)) ||
  (name.length > 2 && words.noNameEnds.includes(name.at(-1) ?? ''))

/** Between a name and what is said of it. */
const BETWEEN = /[^\p{Script=Han}]+/u
/** What stands right before and behind a name, with nothing between: 姓名张三身份证号. */
const STUCK = new RegExp(
  `^(?:${either(words.nameLabels)})?(.*?)(?:(?:${either([...words.identityLabels, ...words.phoneLabels, ...words.cardLabels])})号?码?)?$`,
  'u',
)

/** The names in a text that stand between two signs, or between labels. */
export const namesIn = (text: string): string[] =>
  text
    .split(BETWEEN)
    .map((piece) => STUCK.exec(piece)?.[1] ?? piece)
    .filter(isName)

/** The name that stands at a number of this text, one that might be a title last; null where none does. */
export function nameAt(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
): string | null {
  const before = text.slice(Math.max(0, from - AROUND), from)
  const behind = BEHIND.exec(text.slice(to, to + AROUND))?.[1]
  const names = [...BEFORE.map((form) => form.exec(before)?.[1]), behind].filter(
    (name) => name !== undefined && !isNone(name),
  )
  return names.find((name) => name !== undefined && !isTitled(name, false)) ?? names[0] ?? null
}

/** Below a heading of names any characters are one that nothing speaks against. */
const CALLED = new RegExp(`^(?:${HAN}{2,15}|${POINTED})$`, 'u')

/** Whether a cell below a heading of names is one. */
export function isNameBelow(text: string): boolean {
  const name = text.replace(/\s/g, '')
  return isName(text) || (CALLED.test(name) && !isNone(name) && !namesOrganisation(name))
}

const FULL = `(?:${POINTED}|${SURNAME}${HAN}{1,2})(?!${HAN})`
/** What begins what is said of somebody (当事人：张三, 张三，男, 张三（女), or of something: 被处罚人：某公司. */
const RECORD = new RegExp(
  [
    `${LABEL}[ \\t]{0,4}[:：][ \\t]{0,4}(${FULL})?`,
    `${LABEL}[ \\t为是]{0,4}(${FULL})`,
    `(?<!${HAN})(${SURNAME}${HAN}{1,2})[ \\t]?[，,、；;（(]?[ \\t]?(?:性别[:：]?)?[男女](?!${HAN})`,
  ].join('|'),
  'gu',
)
const MOST_SENTENCE = 200
/** Characters before a number in which it is called a telephone. */
const MOST_LABEL = 12

/** What stands before a place of a text and in its sentence. */
export const sentenceBefore = (text: string, from: number): string =>
  /[^。！？!?]*$/.exec(text.slice(Math.max(0, from - MOST_SENTENCE), from))?.[0] ?? ''

/** Whom the sentence is about in which a number is called a telephone; null where it is about nobody, or does not call it so. */
export function nameOfRecord(text: string, from: number): string | null {
  const sentence = sentenceBefore(text, from)
  if (!has(sentence.slice(-MOST_LABEL), words.phoneLabels)) return null
  const [, ...names] = [...sentence.matchAll(RECORD)].at(-1) ?? []
  const name = names.find((one) => one !== undefined)
  return name !== undefined && !isNone(name) ? name : null
}

/** Labels of persons who may be asked for an office's sake are no sign. */
const ABOVE = new RegExp(
  `(?:${either(PRIVATE_LABELS)})[ \\t]{0,4}[:：][ \\t]{0,4}(${SURNAME}${HAN}{1,2})[ ,，;；。]{0,2}$`,
  'u',
)
/** The same anywhere: somebody who is named as nobody of an office is. */
const PRIVATE = new RegExp(
  `(?:${either(PRIVATE_LABELS)})[ \\t:：为是]{0,4}${SURNAME}${HAN}{1,2}(?!${HAN})`,
  'u',
)
const TELEPHONE = new RegExp(`^[ \\t]{0,4}(?:${PHONE_LABEL})?[ \\t:：]{0,4}\\+?(?:86)?[ -]?$`, 'iu')

/** Whether a column has persons who stand for no office. */
export const isPrivateHeading = (heading: string): boolean =>
  PRIVATE_LABELS.some((label) => heading.trim().endsWith(label)) &&
  !has(heading, [...words.officeLabels, ...words.publicLabels])

const { of, ends: parts } = words.departments
/** A department of one, behind which somebody of it may be named: 市农业局种植业科张三. */
const DEPARTMENT = `(?:${either(of)})(?:(?![单宿本专])${HAN}){1,6}(?:${either(parts)})(?=(?:${SURNAME}${HAN}{1,2})?(?!${HAN}))`
const ORGANISATION = new RegExp(
  `(?<=${HAN}{2})(?:(?:${either(words.organisationEnds)})(?!${HAN})|${DEPARTMENT})`,
  'u',
)

/** Whether a text has a word for organisations; that somebody's bank is one says nothing of them. */
export const hasOrganisation = (text: string): boolean =>
  has(text.replaceAll('银行', ''), words.organisations)

/** Whether it names one, by its end as well: 某某小学. */
export const namesOrganisation = (text: string): boolean => hasOrganisation(text) || ORGANISATION.test(text)

/** Whether somebody is named as one who stands for no office. */
export const namesPrivate = (text: string): boolean => PRIVATE.test(text)

/**
 * Whether somebody is named as the contact of an organisation.
 * @param namesOffice whether the text, or what it stands in, names one
 */
export const isContact = (text: string, namesOffice: (text: string) => boolean): boolean =>
  !namesPrivate(text) && has(text, words.publicLabels) && namesOffice(text)

const OFFICE_LABEL = `(?:${either(words.officeLabels)})`
/** Between what somebody is in an office and their name or number: 负责人及电话：, 法定代表人（负责人）. */
const LABEL_END = `(?:[及和与、/／]?(?:${PHONE_LABEL}|${either(words.nameHeadings)})|[(（]${HAN}{0,8}[)）]|[:：为是()（）\\s]){0,6}`
/** Others who are named before: 律师：张三、李四. */
const OTHERS = `(?:${HAN}{2,4}(?:、|[\\s:：(（]{0,3}1\\d{10}[)）]?[\\s、，,；;]{1,2})){0,8}`
const OFFICE_BEFORE = new RegExp(`${OFFICE_LABEL}${LABEL_END}${OTHERS}$`, 'iu')
const OFFICE_BEHIND = new RegExp(`^${END}[ \\t]{0,2}(?:[(（][ \\t]?${HAN}{0,8})?${OFFICE_LABEL}`, 'u')
const OFFICE_CELL = new RegExp(`^[^\\d。，,！？]{0,15}${OFFICE_LABEL}${LABEL_END}$`, 'iu')
const PRIVATE_BEFORE = new RegExp(`(?:${either(PRIVATE_LABELS)})[ \\t:：为是]{0,4}$`, 'u')

/** Whether a cell is what somebody is in an office, and nothing else: 村书记, 负责人电话. */
export const isOfficeLabel = (cell: string): boolean => OFFICE_CELL.test(cell.trim())

/** Whether what somebody is in an office stands right before a place of a text. */
export const isBehindOffice = (text: string, place: number): boolean =>
  OFFICE_BEFORE.test(text.slice(Math.max(0, place - AROUND * 2), place))

/** A name, and the text in which it stands at a place. */
export interface Named {
  readonly name: string
  readonly text: string
  readonly at: number
}

/** Whether somebody is named by what they are in an office: 经理李丽, 李丽（经理）, 李主任; a label of private persons outweighs that. */
export function isOfficial({ name, text, at }: Named): boolean {
  const behind = text.slice(at + name.length, at + name.length + AROUND)
  const isCalled = PRIVATE_BEFORE.test(text.slice(Math.max(0, at - AROUND), at))
  return isBehindOffice(text, at) || (!isCalled && OFFICE_BEHIND.test(behind)) || isTitled(name, isCalled)
}

interface Above {
  /** The lines before. */
  readonly above: string
  /** Some way before them stands who is on duty. */
  readonly isOfDuty: boolean
}

/**
 * The name on the line above a number that is all of its line, but for a label: where that line says whose it is, or is a name and
 * nothing else, as in tables that are made of boxes.
 */
export function nameAbove({ above, isOfDuty }: Above, before: string, behind: string): string | null {
  if (!TELEPHONE.test(before) || (before.trim() === '' && behind.trim() !== '')) return null
  const name = ABOVE.exec(above)?.[1]
  if (name !== undefined) return isNone(name) ? null : name
  const last = above.slice(above.lastIndexOf('\n') + 1)
  const isPublic = isOfDuty || words.publicLabels.some((label) => above.includes(label))
  return isName(last) && !isPublic ? last.trim() : null
}

/** Characters looked at on each side of a number. */
const AROUND = 40
