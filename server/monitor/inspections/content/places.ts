import { Names, saidAt, textsIn } from '../../html/script-text.ts'
import type { Parsed, ParsedElement } from '../page/parsed.ts'
import { plainScript } from '../page/scripts.ts'

/* Where a page says what it is, for those who search: title, metas, what it says in data, and what scripts put there. */

export interface Place {
  /** `title`, the name of a meta, `data`, or `script`. */
  readonly place: string
  readonly said: string
  /** By a script, or in data: not what the page is called, but what stands somewhere in it. */
  readonly isWritten: boolean
}

/** Of each kind, so many at most. */
const MOST = 60
/** Of all scripts together. */
const MOST_OF_SCRIPTS = 200
/** Characters of a script that are looked through. */
const MOST_SCRIPT = 200_000

/** Metas that say something to programs. */
const NO_WORDS = /token|csrf|verif|nonce|refresh|policy|url$|image|viewport|compatible|content-type/
/** Words, and no address or sign of a program, in which anything may stand by chance. */
const isWording = (text: string): boolean => /[^\x20-\x7e]|[a-z][ ,;|]/i.test(text)
/** Metas that have nothing but words. */
const WORDS = /title|description|keywords$/

/** What a page says of itself, each once. */
export function placesOf({ title, elements, scripts }: Parsed): Place[] {
  const metas = elements.flatMap(({ tag, attributes: { name, property, itemprop, content, ...others } }) => {
    const place = (name ?? property ?? itemprop ?? others['http-equiv'])?.trim().toLowerCase()
    if (tag !== 'meta' || !place || !content || NO_WORDS.test(place)) return []
    return WORDS.test(place) || isWording(content) ? [{ place, said: content, isWritten: false }] : []
  })
  const titles = elements.filter((one) => one.tag === 'title' && !isInPicture(one)).map(({ text }) => text)
  const all = [
    ...[title, ...titles.slice(0, MOST)].map((said) => ({ place: 'title', said, isWritten: false })),
    ...metas.slice(0, MOST),
    ...scripts
      .flatMap((script) =>
        DATA.test(script.type) ? dataIn(script.text) : titlesSetIn(script.text.slice(0, MOST_SCRIPT)),
      )
      .slice(0, MOST_OF_SCRIPTS),
  ]
  return [...new Map(all.map((one) => [`${one.place} ${one.said}`, one])).values()]
}

/** What a drawing is called is not what its page is. */
function isInPicture({ parent }: ParsedElement): boolean {
  return parent !== null && (parent.tag === 'svg' || parent.parent?.tag === 'svg')
}

const DATA = /ld\+json/i

const dataIn = (text: string): Place[] =>
  [...textsIn(text.slice(0, MOST_SCRIPT))]
    .filter((one) => isWording(one.text))
    .slice(0, MOST)
    .map(({ text: said }) => ({ place: 'data', said, isWritten: true }))

/** Where a script sets what the page is called. */
const SETS =
  /(?:document\s{0,9}\.\s{0,9}title\s{0,9}=(?!=)|(?:\$|jQuery)\(\s{0,9}["']title["']\s{0,9}\)\s{0,9}\.\s{0,9}(?:text|html)\s{0,9}\(|(?:getElementsByTagName|querySelector)\(\s{0,9}["']title["']\s{0,9}\)\s{0,9}(?:\[\s{0,9}0\s{0,9}\])?\s{0,9}\.\s{0,9}(?:innerHTML|innerText|textContent|text)\s{0,9}=(?!=))/g

/** A text of a script that is a script itself. */
const RUNS = /\b(?:eval|Function|setTimeout)\s{0,9}\(/

function titlesSetIn(text: string, isOuter = true): Place[] {
  const within = isOuter && RUNS.test(text) ? [...textsIn(text)].slice(0, MOST) : []
  const others = within.flatMap((one) => titlesSetIn(one.text.slice(0, MOST_SCRIPT), false))
  // Nothing is set where nothing is named, be it by the numbers of its letters.
  if (!/title|\\x74/i.test(text)) return others
  const script = plainScript(text)
  const set = [...script.matchAll(SETS)].slice(0, MOST)
  const names = set.length > 0 ? new Names(script) : undefined
  const own = set.flatMap(({ 0: sign, index }) => {
    const said = withSigns(saidAt(script, index + sign.length, names))
    return said === '' ? [] : [{ place: 'script', said, isWritten: true }]
  })
  return [...own, ...others]
}

/** Signs that are written by their numbers, as pages write them: `&#28595;`. */
const withSigns = (said: string): string =>
  said.replace(/&#(x[0-9a-f]{1,6}|\d{1,7});?/gi, (all, code: string) => {
    const point = Number(/^x/i.test(code) ? `0${code}` : code)
    return point <= 0x10ffff ? String.fromCodePoint(point) : all
  })
