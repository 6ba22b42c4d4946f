import { saidAt, textsIn } from '../../html/script-text.ts'
import { plainScript } from './scripts.ts'

/*
 * The HTML that scripts of a page have in them: what they write or put into an element, and what they have for later. It is read, never
 * run. One that is packed is unpacked; links that are made without HTML are put down as such.
 */

/** Characters of scripts that are looked through. */
const MOST_SCRIPT = 200_000
/** Scripts that are within one another, as texts. */
const DEEPEST = 2
/** Characters of all that is put together from them: a script can be written that becomes gigabytes. */
const MOST_EXPANDED = 1_000_000

/** What is left of them for the scripts of a page. */
interface Budget {
  left: number
}

interface Script {
  readonly text: string
}

/** Whether there is a link in it, and somewhere else that it may lead to. */
const LEADS = /<(?:a|area|iframe|embed|object)[\s>]/i
/** What would take all that stands behind it for its own. */
const CLOSED = '</script></style></textarea></title></noscript>'

/** HTML of scripts; empty where no link is in it. */
export interface Written {
  /** What they put into the page. */
  readonly written: string
  /** What they have for some use that is not known. */
  readonly held: string
}

/** The HTML that scripts have in them. */
export function writtenByScripts(scripts: readonly Script[]): Written {
  let left = MOST_SCRIPT
  const budget: Budget = { left: MOST_EXPANDED }
  const written: string[] = []
  const held: string[] = []
  for (const { text } of scripts) {
    if (left <= 0) break
    const script = text.slice(0, left)
    left -= script.length
    for (const one of [script, ...unpacked(script, budget)]) {
      for (const { html, isPut } of htmlIn(one, budget)) (isPut ? written : held).push(html)
      held.push(...linksMadeIn(one, budget), CLOSED)
      written.push(CLOSED)
    }
  }
  return { written: leading(written.join('')), held: leading(held.join('')) }
}

const leading = (html: string): string => (html.includes('//') && LEADS.test(html) ? html : '')

/** What puts a text into the page, right before that. */
const PUTS =
  /(?:\bwrite(?:ln)?\s{0,9}\(|(?:inner|outer)HTML["']?\s{0,9}\]?\s{0,9}\+?=|\.\s{0,9}(?:append|prepend|after|before|html|insertAdjacentHTML)\s{0,9}\((?:\s{0,9}["'](?:beforeend|afterbegin|beforebegin|afterend)["']\s{0,9},)?)\s{0,9}$/
const MOST_BEFORE = 60
/** A text that is a script itself. */
const IS_SCRIPT = /\b(?:write(?:ln)?|unescape|atob|fromCharCode)\s{0,9}\(|innerHTML|appendChild/
/** Only what is closed in it leaves what stands behind it as it is. */
const isClosed = (text: string): boolean => text.lastIndexOf('<!--') <= text.lastIndexOf('-->')

interface Html {
  readonly html: string
  readonly isPut: boolean
}

function* htmlIn(script: string, budget: Budget, depth = 0): Generator<Html> {
  let isPut = false
  for (const { text, from } of textsIn(script)) {
    if (budget.left <= 0) return
    budget.left -= text.length
    const before = script.slice(Math.max(0, from - MOST_BEFORE), from).trimEnd()
    // What is added to a text goes where that goes.
    isPut = PUTS.test(before) || (isPut && before.endsWith('+'))
    if (/[<>]/.test(text) && isClosed(text)) yield { html: text, isPut }
    if (depth < DEEPEST && IS_SCRIPT.test(text)) yield* htmlIn(text, budget, depth + 1)
  }
}

/** What packers leave of a script: its text with numbers for words, how many digits these have, and the words. */
const PACKED = /\}\s{0,9}\(\s{0,9}(?=["'])/g
const WORDS =
  /^\s{0,9},\s{0,9}(\d{1,2})\s{0,9},\s{0,9}\d{1,6}\s{0,9},\s{0,9}(["'])([^"']{0,100000})\2\s{0,9}\.\s{0,9}split\(/
const MOST_WORDS = 20_000

const LITERAL = /^(?:"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')/
/** Places that are tried: a script is packed once. */
const MOST_TRIED = 10

/** Scripts that packers made small, as they were. */
function unpacked(script: string, budget: Budget): string[] {
  if (!/function\s{0,9}\(\s{0,9}p\s{0,9},\s{0,9}a\s{0,9},\s{0,9}c/.test(script)) return []
  let tried = 0
  for (const { 0: sign, index } of script.matchAll(PACKED)) {
    if (++tried > MOST_TRIED) break
    const at = index + sign.length
    const literal = LITERAL.exec(script.slice(at))?.[0] ?? ''
    const [, base = '', , list] = WORDS.exec(script.slice(at + literal.length)) ?? []
    if (literal === '' || list === undefined || Number(base) < 2) continue
    const words = list.split('|', MOST_WORDS)
    const wordOf = (token: string): string => {
      const word = (budget.left > 0 && words[numberOf(token, Number(base))]) || token
      budget.left -= word.length
      return word
    }
    return [saidAt(literal, 0).replace(/\b\w{1,4}\b/g, wordOf)]
  }
  return []
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

const numberOf = (token: string, base: number): number =>
  [...token].reduce((sum, sign) => {
    const digit = DIGITS.indexOf(sign)
    return digit < 0 || digit >= base ? Number.NaN : sum * base + digit
  }, 0)

const MAKES = /createElement\(\s{0,9}["']a["']\s{0,9}\)/i
const LEAD = /(?:\.\s{0,9}href\s{0,9}=(?!=)|setAttribute\(\s{0,9}["']href["']\s{0,9},)/gi
const SAY = /(?:\.\s{0,9}(?:innerHTML|innerText|textContent|text|title)\s{0,9}=(?!=)|createTextNode\()/i
/** Characters around an address in which a link's words are. */
const AROUND = 300
const MOST_MADE = 500

/** Links that a script makes element by element, as HTML. */
function linksMadeIn(script: string, budget: Budget): string[] {
  if (!MAKES.test(script)) return []
  const plain = plainScript(script)
  const made: string[] = []
  for (const { 0: sign, index } of plain.matchAll(LEAD)) {
    if (made.length >= MOST_MADE || budget.left <= 0) break
    const href = saidAt(plain, index + sign.length)
    budget.left -= href.length
    if (!/^(?:https?:)?\/\//.test(href)) continue
    const words = [plain.slice(index, index + AROUND), plain.slice(Math.max(0, index - AROUND), index)].map(
      (near) => {
        const say = SAY.exec(near)
        return say ? saidAt(near, say.index + say[0].length) : ''
      },
    )
    made.push(`<a href="${plainly(href)}">${plainly(words.find((one) => one !== '') ?? '')}</a>`)
  }
  return made
}

const plainly = (text: string): string => text.replace(/["<>]/g, ' ')
