/*
 * Texts that scripts put together, as far as they stand in them: read, never run. Each place can be read in one way only, so that a script
 * costs no more than its length.
 */

/** What is written in another form than it is read, by the function that turns it back. */
const TURNS: Readonly<Record<string, (said: string) => string>> = {
  unescape: (said) => bytesOf(said.replace(/%u([0-9a-f]{4})/gi, (_, four: string) => signOf(four))),
  decodeURIComponent: (said) => bytesOf(said),
  decodeURI: (said) => bytesOf(said),
  atob: (said) => Buffer.from(said, 'base64').toString('utf8'),
  // Bytes of signs, as `decodeURIComponent(escape(atob(…)))` has them: what is read has its signs already.
  escape: (said) => said,
}
const CALLED =
  /^(?:(?:window|self|top)\s{0,9}\.\s{0,9})?(unescape|decodeURIComponent|decodeURI|atob|escape)\s{0,9}\(/
const NUMBERS =
  /^String\s{0,9}\.\s{0,9}fromCharCode\s{0,9}(?:\.\s{0,9}apply\s{0,9})?\((?:\s{0,9}[a-z]\w{0,20}\s{0,9},)?\s{0,9}\[?([\d\s,xa-f]{1,100000})\]?\s{0,9}\)/
/** Only those between `\`` go on beyond the line. */
const LITERAL = /^(?:"((?:\\[\s\S]|[^"\\\n])*)"|'((?:\\[\s\S]|[^'\\\n])*)'|`((?:\\[\s\S]|[^`\\])*)`)/
/** Functions that are written within one another. */
const DEEPEST = 4

/** The text that a script puts together at a place; empty where it is none that stands in it. @param names what it calls texts */
export const saidAt = (script: string, at: number, names?: Names): string =>
  scriptText(script, at, 0, names).text

export interface Said {
  readonly text: string
  readonly end: number
}

/** Characters of one text; what comes behind them is passed over. */
const MOST_TEXT = 200_000

/** Texts that are put together by `+`, up to what is none. */
export function scriptText(script: string, from: number, depth = 0, names?: Names): Said {
  let text = ''
  let at = from
  for (;;) {
    at = behindBlanks(script, at)
    const term = termAt(script, at, depth, names)
    if (!term) return { text, end: at }
    if (text.length < MOST_TEXT) text += term.text
    at = behindBlanks(script, term.end)
    if (script[at] !== '+') return { text, end: at }
    at++
  }
}

/** The longest that one term is looked through for; a script has one text rarely. */
const MOST_TERM = 100_000

function termAt(script: string, at: number, depth: number, names?: Names): Said | null {
  const rest = script.slice(at, at + 60)
  if (/^["'`]/.test(rest)) return turned(script, literalAt(script, at))
  if (rest.startsWith('[')) return depth < DEEPEST ? joinedAt(script, at, depth, names) : null
  const name = CALLED.exec(rest)
  if (name?.[1] && depth < DEEPEST) {
    const inner = scriptText(script, at + name[0].length, depth + 1, names)
    const end = behindBlanks(script, inner.end)
    return { text: TURNS[name[1]]?.(inner.text) ?? '', end: script[end] === ')' ? end + 1 : end }
  }
  if (!rest.startsWith('String')) return names?.textAt(rest, at) ?? null
  const numbers = NUMBERS.exec(script.slice(at, at + MOST_TERM))
  if (!numbers?.[1]) return null
  const codes = numbers[1].split(',').map(Number)
  return { text: codes.map((code) => String.fromCharCode(code)).join(''), end: at + numbers[0].length }
}

function literalAt(script: string, at: number): Said | null {
  const match = LITERAL.exec(script.slice(at, at + MOST_TERM))
  if (!match) return null
  return { text: unescaped(match[1] ?? match[2] ?? match[3] ?? ''), end: at + match[0].length }
}

const PLAIN = `(?:"([^"\\\\\\n]{0,40})"|'([^'\\\\\\n]{0,40})')`
const REVERSED = /^\s{0,9}\.split\(\s{0,9}(?:""|'')\s{0,9}\)\.reverse\(\)\.join\(\s{0,9}(?:""|'')\s{0,9}\)/
const EXCHANGED = new RegExp(
  `^\\s{0,9}\\.split\\(\\s{0,9}${PLAIN}\\s{0,9}\\)\\.join\\(\\s{0,9}${PLAIN}\\s{0,9}\\)`,
)
const REPLACED = new RegExp(
  `^\\s{0,9}\\.replace(?:All)?\\(\\s{0,9}(?:/([^\\\\/[\\](){}.*+?^$|\\n]{1,40})/g?i?|${PLAIN})\\s{0,9},\\s{0,9}${PLAIN}\\s{0,9}\\)`,
)
const MOST_TURN = 200

/** A text as what is written right behind it turns it: from behind, or with some signs in the place of others. */
function turned(script: string, said: Said | null): Said | null {
  if (said === null) return null
  const rest = script.slice(said.end, said.end + MOST_TURN)
  if (!/^\s{0,9}\.(?:split|replace)/.test(rest)) return said
  const back = REVERSED.exec(rest)
  if (back) return { text: [...said.text].reverse().join(''), end: said.end + back[0].length }
  const other = EXCHANGED.exec(rest) ?? REPLACED.exec(rest)
  if (!other) return said
  const given = other.slice(1).filter((one) => one !== undefined)
  const [from = '', by = ''] = given
  return { text: exchanged(said.text, from, by), end: said.end + other[0].length }
}

/** A text with some signs in the place of others; as it is where it would grow beyond all measure. */
function exchanged(text: string, from: string, by: string): string {
  if (from === '') return text
  const parts = text.split(from)
  const grown = text.length + (parts.length - 1) * (by.length - from.length)
  return grown > MOST_TEXT ? text : parts.join(by)
}

/** Texts in a list that are put together: `['a', 'b'].join('')`. */
function joinedAt(script: string, at: number, depth: number, names?: Names): Said | null {
  const parts: string[] = []
  for (let from = at + 1; from - at < MOST_LIST; ) {
    const said = scriptText(script, from, depth + 1, names)
    parts.push(said.text)
    const end = behindBlanks(script, said.end)
    if (script[end] === ',' && said.end > behindBlanks(script, from)) {
      from = end + 1
      continue
    }
    if (script[end] !== ']') return null
    const join = JOIN.exec(script.slice(end + 1, end + 1 + MOST_TURN))
    return join ? { text: joined(parts, join[1] ?? join[2] ?? ''), end: end + 1 + join[0].length } : null
  }
  return null
}

/** Ended while it grows: a list may have one long text thousands of times. */
function joined(parts: readonly string[], by: string): string {
  let text = ''
  for (const [n, part] of parts.entries()) {
    if (text.length >= MOST_TEXT) break
    text += n === 0 ? part : by + part
  }
  return text.slice(0, MOST_TEXT)
}

/** The longest list. */
const MOST_LIST = 20_000

const JOIN = new RegExp(`^\\s{0,9}\\.join\\(\\s{0,9}${PLAIN}\\s{0,9}\\)`)

/** Texts with a name that are read of one script, and characters of them all. */
const MOST_NAMED = 100
const MOST_OF_NAMES = 500_000
const GIVEN =
  /(?<![\w$.])([a-z_$][\w$]{0,40})\s{0,9}=(?![=>])\s{0,9}(?=["'`[]|unescape|decodeURI|atob|String)/gi
const NAME = /^[a-z_$][\w$]{0,40}(?![\w$])(?!\s{0,9}[.([])/i

/** The texts of a script that have a name: `var a = '澳门'`. Of several with one name it has the first. */
export class Names {
  readonly #texts = new Map<string, string>()

  constructor(script: string) {
    let [count, left] = [MOST_NAMED, MOST_OF_NAMES]
    for (const { 0: sign, 1: name = '', index } of script.matchAll(GIVEN)) {
      if (count <= 0 || left <= 0) break
      if (this.#texts.has(name)) continue
      const text = saidAt(script, index + sign.length, this)
      count--
      left -= text.length
      if (text !== '') this.#texts.set(name, text)
    }
  }

  /** The text with whose name a script goes on. @param rest what it goes on with, at `at` */
  textAt(rest: string, at: number): Said | null {
    const name = NAME.exec(rest)?.[0] ?? ''
    const text = this.#texts.get(name)
    return text === undefined ? null : { text, end: at + name.length }
  }
}

/** Where a text may begin. */
const BEGINS = /["'`]|\[(?=\s{0,9}["'`])|\b(?:unescape|decodeURIComponent|decodeURI|atob|String\s{0,9}\.)/g
/** Characters that are looked through in vain, where quotation marks open nothing. */
const MOST_IN_VAIN = 2_000_000

/** All texts that stand in a script with where they begin, those that are put together as one, in their order. */
export function* textsIn(script: string): Generator<{ readonly text: string; readonly from: number }> {
  let left = MOST_IN_VAIN
  let end = 0
  for (const { 0: sign, index } of script.matchAll(BEGINS)) {
    if (index < end || left <= 0) continue
    const said = scriptText(script, index)
    if (said.end > index) {
      end = said.end
      if (said.text !== '') yield { text: said.text, from: index }
    } else if (sign !== '[') {
      const line = sign === '`' ? -1 : script.indexOf('\n', index)
      left -= line < 0 ? MOST_TERM / 10 : line - index
    }
  }
}

function behindBlanks(script: string, from: number): number {
  let at = from
  while (at < script.length && /\s/.test(script.charAt(at))) at++
  return at
}

const signOf = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16))

const unescaped = (literal: string): string =>
  literal
    .replace(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})/gi, (_, two?: string, four?: string) =>
      signOf(two ?? four ?? ''),
    )
    .replace(/\\n/g, '\n')
    .replace(/\\([\s\S])/g, '$1')

const bytesOf = (said: string): string =>
  said.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
  )
