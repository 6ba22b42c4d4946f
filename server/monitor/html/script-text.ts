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
}
const CALLED = /^(?:window\s{0,9}\.\s{0,9})?(unescape|decodeURIComponent|decodeURI|atob)\s{0,9}\(/
const NUMBERS = /^String\s{0,9}\.\s{0,9}fromCharCode\s{0,9}\(([\d\s,xa-f]{1,100000})\)/
const LITERAL = /^(?:"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'|`((?:\\[\s\S]|[^`\\])*)`)/
/** Functions that are written within one another. */
const DEEPEST = 4

/** The text that a script puts together at a place; empty where it is none that stands in it. */
export const saidAt = (script: string, at: number): string => scriptText(script, at).text

export interface Said {
  readonly text: string
  readonly end: number
}

/** Texts that are put together by `+`, up to what is none. */
export function scriptText(script: string, from: number, depth = 0): Said {
  let text = ''
  let at = from
  for (;;) {
    at = behindBlanks(script, at)
    const term = termAt(script, at, depth)
    if (!term) return { text, end: at }
    text += term.text
    at = behindBlanks(script, term.end)
    if (script[at] !== '+') return { text, end: at }
    at++
  }
}

/** The longest that one term is looked through for; a script has one text rarely. */
const MOST_TERM = 100_000

function termAt(script: string, at: number, depth: number): Said | null {
  const rest = script.slice(at, at + 40)
  if (/^["'`]/.test(rest)) {
    const match = LITERAL.exec(script.slice(at, at + MOST_TERM))
    if (!match) return null
    return { text: unescaped(match[1] ?? match[2] ?? match[3] ?? ''), end: at + match[0].length }
  }
  const name = CALLED.exec(rest)
  if (name?.[1] && depth < DEEPEST) {
    const inner = scriptText(script, at + name[0].length, depth + 1)
    const end = behindBlanks(script, inner.end)
    return { text: TURNS[name[1]]?.(inner.text) ?? '', end: script[end] === ')' ? end + 1 : end }
  }
  if (!rest.startsWith('String')) return null
  const numbers = NUMBERS.exec(script.slice(at, at + MOST_TERM))
  if (!numbers?.[1]) return null
  const codes = numbers[1].split(',').map(Number)
  return { text: codes.map((code) => String.fromCharCode(code)).join(''), end: at + numbers[0].length }
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
