import data from '../../../../shared/monitor/outbound/bad-words.json' with { type: 'json' }
import { SOBER } from './concealed.ts'
import { BETWEEN_IN_LINE, badWords, COMMON_BRAND, either, foldText, HAN_BRAND } from './words.ts'

/* How tradesmen call for customers, and what only offices say. */

const CALLS = data.calls.map(foldText)
const LURES = [...new Set([...CALLS, ...data.lures.map(foldText)])]
/** What offices say in their titles, and no tradesman. */
const OF_OFFICES = SOBER.filter((one) => !data.tradesOfOffices.includes(one))

/** How tradesmen call for customers in a text, each once. */
export function luresIn(text: string): string[] {
  const folded = foldText(text)
  return LURES.filter((one) => folded.includes(one))
}

/** Calls that stand in notices, too, and where firewalls ask who somebody is: by themselves no sign of a trade. */
const IN_NOTICES = new Set(data.luresOfNotices.map(foldText))
export const mayStandInNotices = (lure: string): boolean => IN_NOTICES.has(lure)

/** Parts of a title, as those who want to be found set them side by side. */
const ASIDE = /[\s_|\-\u2013\u2014,\u3001]+/
const MOST_ASIDE = 20
/** Parts that call for customers: of those that any office may say, too, more. */
const [LEAST_CALLING, LEAST_PLAIN] = [2, 3]

/** The calls of a title that is made of them; none of one that only says what it costs. */
export function callsIn(title: string): string[] {
  const folded = foldText(title)
  const calling = folded.split(ASIDE, MOST_ASIDE).filter((part) => LURES.some((one) => part.includes(one)))
  const isPlain = !CALLS.some((one) => folded.includes(one))
  return calling.length >= (isPlain ? LEAST_PLAIN : LEAST_CALLING) ? luresIn(title) : []
}

/** Whether a title is an office's. */
export function isTitleOfOffice(title: string): boolean {
  const folded = foldText(title)
  return OF_OFFICES.some((one) => folded.includes(one))
}

const OFFICES = data.offices.map(foldText)
/** Whether a page names an office, or says why it is not there. */
export function isOfOffice(text: string): boolean {
  const folded = foldText(text)
  return OFFICES.some((one) => folded.includes(one))
}

const SUBJECTS = data.subjectsOfOffices.map(foldText)
/** Whether a text is called as lists are by which offices warn: what must not be sold, kinds of fraud. */
export function isSubjectOfOffice(text: string): boolean {
  const folded = foldText(text)
  return SUBJECTS.some((one) => folded.includes(one))
}

/** A text without the calls of tradesmen, as what is to be known of it elsewhere. */
export const withoutLures = (text: string): string =>
  LURES.reduce((rest, one) => rest.replaceAll(one, '\n'), foldText(text))

const DOORS = data.doorKinds.map((doors) => doors.map(foldText))
/** The doors of different kinds to which a title leads: an official site, a sign-in, something to load down. */
export function doorsIn(title: string): string[] {
  const folded = foldText(title)
  return DOORS.flatMap((doors) => doors.filter((one) => folded.includes(one)).slice(0, 1))
}

const BESIDE_DOORS = [data.plainTrades, data.besideDoors].flat().map(foldText)
const DOORS_OF_OFFICES = data.doorsOfOffices.map(foldText)
const NAMED = new RegExp(HAN_BRAND, 'u')
/** Whether doors of a title may be those of who bets: it has a trade, a name or a word of his, and nothing that offices offer. */
export function mayLeadToBetting(title: string): boolean {
  const folded = foldText(title)
  if (DOORS_OF_OFFICES.some((one) => folded.includes(one))) return false
  const said = `${folded}\n${folded.replace(BETWEEN_IN_LINE, '')}`
  const isBeside = BESIDE_DOORS.some((one) => said.includes(one)) || NAMED.test(folded)
  return isBeside || badWords(title).some(({ kind }) => kind === 'betting')
}

const AROUND_DOORS = [...DOORS.flat(), ...[data.trades, data.fillers].flat().map(foldText)].sort(
  (a, b) => b.length - a.length,
)
/** What is left of a title besides its doors and trades: whose they are. */
export const withoutDoors = (title: string): string =>
  AROUND_DOORS.reduce((rest, one) => rest.replaceAll(one, '\n'), foldText(title))

/** A name of those who bet with its trade, where a door stands behind: any town may be called so, and bear it on its page. */
const LIKE = new RegExp(
  `((?:${HAN_BRAND}|${COMMON_BRAND.slice(3, -1)})(?:${either(data.trades)}))[a-z0-9]{0,6}(?:${either(data.doors)})`,
  'u',
)
export const calledLike = (text: string): string | null =>
  LIKE.exec(foldText(text).replace(BETWEEN_IN_LINE, ''))?.[1] ?? null
