import { decoded } from '../../persons/address.ts'
import { has } from '../../persons/whole.ts'
import words from '../../persons/words.json' with { type: 'json' }
import type { Parsed, ParsedElement, ReadText } from '../page/parsed.ts'

/* What a page publishes besides what it shows: whoever has the page has what stands in its attributes, comments and scripts, too. */

/** Characters of each that are looked through. */
const MOST = 300_000
/** Attributes that nobody puts data of persons into, or that say how something is to be written. */
const NO_DATA = new Set([
  'class',
  'style',
  'id',
  'placeholder',
  'd',
  'points',
  'integrity',
  'srcset',
  'pattern',
])
/** Of one value. */
const MOST_VALUE = 60_000
/** Pictures and what programs remember of a page, which are no words. */
const PACKED = /(?<![\w+/=-])[\w+/=-]{400,}/g
/** Names of attributes, and of what is filled in, that say what their value is. */
const TELLING = [...words.cardKeys, ...words.identityKeys]
const ELEVEN_DIGITS = /(?:\d[^\d]{0,2}){10}\d/

/** A line for each value of an attribute that may hold a number of a person; of an address, what it asks for. */
export function attributesOf({ elements }: Pick<Parsed, 'elements'>): ReadText {
  const lines: string[] = []
  let left = MOST
  let isCut = false
  for (const { attributes } of elements) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value.length < 11 || NO_DATA.has(name)) continue
      const whole = /^(?:\w{1,9}:)?\/|^\w{1,60}[./]/.test(value) ? askedOf(value) : value
      const plain = whole.replace(PACKED, ' ')
      const said = plain.slice(0, MOST_VALUE)
      isCut ||= plain.length > MOST_VALUE
      if (!ELEVEN_DIGITS.test(said) || has(said, words.prompts)) continue
      lines.push(
        [name, attributes.name ?? '']
          .filter((one) => has(one, TELLING))
          .concat(said)
          .join(' '),
      )
      left -= said.length
      if (left < 0) return { text: lines.join('\n').slice(0, MOST), isCut: true }
    }
  }
  return { text: lines.join('\n'), isCut }
}

/** `?name=…&id=…` as words. */
const askedOf = (address: string): string =>
  address.includes('?') ? decoded(address.slice(address.indexOf('?') + 1)).replace(/[=&]/g, ' ') : ''

const DIALS = /^\s{0,9}(?:tel|sms|callto|wtai):\/{0,2}(?:wp\/mc;)?([+\d ().-]{8,20})/i
/** What a link that dials stands in, where that says whose number it is. */
const LINES = new Set(['tr', 'li', 'p', 'dd', 'dt', 'div', 'section', 'body'])
const MOST_UP = 6
const MOST_DIALS = 500

/** Lines with the numbers that links dial in the place of their words: 张三 拨打. */
export function dialledOf({ links }: Pick<Parsed, 'links'>): string {
  const lines: string[] = []
  for (const { raw, element } of links) {
    const number = DIALS.exec(raw)?.[1]?.trim()
    if (!number || lines.length >= MOST_DIALS) continue
    const { text } = lineOf(element)
    if (text.replace(/\D/g, '').includes(number.replace(/\D/g, '').slice(-11))) continue
    // A link that says whom one calls by it says so of the number.
    lines.push(
      element.text && text.includes(element.text) && !has(element.text, words.duty)
        ? text.replace(element.text, () => number)
        : `${text} ${number}`,
    )
  }
  return lines.join('\n')
}

function lineOf(element: ParsedElement): ParsedElement {
  let line: ParsedElement | null = null
  let up = element.parent
  for (let n = 0; up && n < MOST_UP; n++, up = up.parent) {
    if (up.tag === 'tr') return up
    if (LINES.has(up.tag)) line ??= up
  }
  return line ?? element
}

/** What stands in comments, its cells and lines set apart; one that is never closed is none. */
export function commentsOf({ html }: Pick<Parsed, 'html'>): ReadText {
  const parts: string[] = []
  let left = MOST
  let isCut = false
  for (let begin = html.indexOf('<!--'); begin >= 0; ) {
    const end = html.indexOf('-->', begin)
    if (end < 0) break
    const said = html.slice(begin + 4, Math.min(end, begin + 4 + left))
    isCut = said.length < end - begin - 4
    left -= said.length
    if (ELEVEN_DIGITS.test(said)) parts.push(said)
    begin = isCut ? -1 : html.indexOf('<!--', end)
  }
  const text = parts
    .join('\n')
    .replace(/<\/t[dh]\s{0,9}>/gi, '\t')
    .replace(/<\/?(?:tr|p|div|li|br|h[1-6]|table|ul|ol|d[ldt])\b[^<>]{0,300}>/gi, '\n')
    .replace(/<\/?[a-z][^<>]{0,300}>/gi, '')
  return { text, isCut }
}

/** What stands in scripts of the page itself. */
export function scriptsOf({ scripts }: Pick<Parsed, 'scripts'>): ReadText {
  const some = scripts.flatMap(({ text }) => (ELEVEN_DIGITS.test(text) ? [text] : [])).join('\n')
  const text = some
    .slice(0, MOST)
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\[nrt]/g, '\n')
  return { text, isCut: some.length > MOST }
}
