/** Digits as they are written, in either width. */
const D = '[0-9０-９]'
const GAP = '[-—－ 　]?'
/** Numbers of identity cards and bank cards, mail addresses, mobile telephones: whoever wrote them. */
const ANYBODYS = [
  `${D}{17}[0-9０-９XxＸｘ]|${D}{15,19}`,
  `[1１][3-9３-９]${D}${GAP}${D}{4}${GAP}${D}{4}`,
  `[\\w.+-]+[@＠][\\w-]+(?:\\.[\\w-]+)+`,
]
/** Telephones with a wire, which an office may well name in its answer. */
const WIRED = `(?:[0０]${D}{2,3}${GAP})?${D}{7,8}`
const IN_LETTER = new RegExp(
  [...ANYBODYS, WIRED].map((part) => `(?<!${D})(?:${part})(?!${D})`).join('|'),
  'gu',
)
const IN_ANSWER = new RegExp(ANYBODYS.map((part) => `(?<!${D})(?:${part})(?!${D})`).join('|'), 'gu')
/** What stands for it: so long whatever it was. */
const HIDDEN = '***'
/** A shorter one may be any word. */
const LEAST_NAME = 2

/** What is still known of who has written. */
export interface Known {
  readonly name: string | null
  readonly phone: string | null
  readonly mail: string | null
  readonly address: string | null
}

/**
 * A text for everybody: without numbers of persons, telephones and mail addresses, and without what is known of who has written.
 * @param isAnswer an office's own words, in which its telephone stays
 */
export function hidePersonal(text: string, known: Known, isAnswer: boolean): string {
  const own = [known.name, known.phone, known.mail, known.address].filter(
    (one): one is string => one !== null && one.trim().length >= LEAST_NAME,
  )
  const without = own.reduce((so, one) => so.replaceAll(one.trim(), HIDDEN), text)
  return without.replace(isAnswer ? IN_ANSWER : IN_LETTER, HIDDEN)
}
