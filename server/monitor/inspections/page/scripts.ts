import { declarationsOf, type StyleRule, stepsOf } from './styles.ts'

/*
 * What scripts of a page do to it, as far as it stands in them as it is: what they hide, and the HTML that they write. Scripts are read,
 * never run; each place of them can be read in one way only, so that a script costs no more than its length.
 */

/** Characters of scripts that are looked through. */
const MOST_SCRIPT = 200_000
const MOST_AT_ONCE = 500_000
/** Characters behind the choice of an element in which it is hidden, and elements that are looked for. */
const NEAR = 200
const MOST_CHOSEN = 200

const CHOSEN =
  /(?:getElementById|getElementsByClassName|querySelector(?:All)?|\$|jQuery)\s{0,9}\(\s{0,9}(["'])([#.]?[\w-]{1,80})\1\s{0,9}\)/g
const HIDES = [
  /^[^'"]{0,80}\.\s{0,9}(?:display|visibility)\s{0,9}=\s{0,9}["'](?:none|hidden)/,
  /^[^'"]{0,80}\.\s{0,9}(?:hide|slideUp|fadeOut|remove)\s{0,9}\(/,
  /^[^'"]{0,80}\.\s{0,9}hidden\s{0,9}=\s{0,9}(?:true|!0|1)/,
  /^[^'"]{0,80}\.\s{0,9}css\s{0,9}\(\s{0,9}\{?\s{0,9}["']?(?:display|visibility)["']?\s{0,9}[,:]\s{0,9}["'](?:none|hidden)/,
]
/** A style that is set as a whole. */
const STYLED =
  /^[^'"]{0,80}(?:\.\s{0,9}cssText\s{0,9}=|\.\s{0,9}(?:setAttribute|attr)\s{0,9}\(\s{0,9}["']style["']\s{0,9},)\s{0,9}(["'])([^"']{1,200})\1/
const HIDDEN = declarationsOf('display:none !important')

/** A script that hides something of its own page as it loads, as hidden links often are. */
const AT_ONCE =
  /getElementById\(\s*["']([\w-]{1,80})["']\s*\)\s*\.\s*style\s*\.\s*(?:display|visibility)\s*=\s*["'](?:none|hidden)["']/g

/** The elements that a script hides as the page loads. */
export const hiddenAtOnce = (text: string): StyleRule[] =>
  [...text.slice(0, MOST_AT_ONCE).matchAll(AT_ONCE)].map(([, id = '']) => ({
    ...{
      steps: [{ tag: null, id, classes: [], attributes: [], isChild: false }],
      weight: 1_000,
      declarations: HIDDEN,
    },
  }))

/** The elements that scripts hide at some time, each with how, as a sheet would say it. */
export function hiddenByScripts(text: string): StyleRule[] {
  const script = text.slice(0, MOST_SCRIPT)
  const rules: StyleRule[] = []
  for (const match of script.matchAll(CHOSEN)) {
    if (rules.length >= MOST_CHOSEN) break
    const [all, , name = ''] = match
    const behind = script.slice(match.index + all.length, match.index + all.length + NEAR)
    const styled = STYLED.exec(behind)?.[2]
    const how = styled ? declarationsOf(styled) : HIDES.some((one) => one.test(behind)) ? HIDDEN : null
    if (!how || how.size === 0) continue
    const sign = all.startsWith('getElementById') ? '#' : all.startsWith('getElementsByClass') ? '.' : ''
    const steps = stepsOf(`${sign}${name}`)
    if (steps && /^[#.]/.test(`${sign}${name}`)) rules.push({ steps, weight: 1_000, declarations: how })
  }
  return rules
}

const WRITES =
  /document\s{0,9}\.\s{0,9}write(?:ln)?\s{0,9}\(|\.\s{0,9}(?:inner|outer)HTML\s{0,9}\+?=(?!=)|\.\s{0,9}(?:append|prepend|after|before|html|insertAdjacentHTML)\s{0,9}\((?:\s{0,9}["'](?:beforeend|afterbegin|beforebegin|afterend)["']\s{0,9},)?/g
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

/** The HTML that scripts write into their page; empty where none has a link in it. */
export function writtenByScripts(scripts: readonly { readonly text: string }[]): string {
  let left = MOST_SCRIPT
  const parts: string[] = []
  for (const { text } of scripts) {
    if (left <= 0) break
    const script = text.slice(0, left)
    left -= script.length
    for (let end = 0, match = WRITES.exec(script); match; match = WRITES.exec(script)) {
      // What stands in something that was read is read.
      if (match.index < end) continue
      const said = expression(script, match.index + match[0].length)
      parts.push(said.text)
      end = said.end
    }
    WRITES.lastIndex = 0
  }
  const written = parts.join('')
  return /<a[\s>]/i.test(written) ? written : ''
}

/** The text that a script puts together at a place; empty where it is none that stands in it. */
export const saidAt = (script: string, at: number): string => expression(script, at).text

interface Said {
  readonly text: string
  readonly end: number
}

/** Texts that are put together by `+`, up to what is none. */
function expression(script: string, from: number, depth = 0): Said {
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
    const inner = expression(script, at + name[0].length, depth + 1)
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
