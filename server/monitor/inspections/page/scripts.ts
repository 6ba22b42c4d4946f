import { stepsOf } from './css/selectors.ts'
import { declarationsOf, type StyleRule } from './css/styles.ts'

/*
 * What scripts of a page hide of it, as far as it stands in them. Scripts are read, never run; each place of them can be read in one way
 * only, so that a script costs no more than its length. What they write: `written.ts`.
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
/** One property of a style, or several. */
const SET = /^[^'"]{0,80}\.\s{0,9}style\s{0,9}\.\s{0,9}([a-z]{1,30})\s{0,9}=\s{0,9}(["'])([^"']{1,60})\2/i
const SET_BY_CALL =
  /^[^'"]{0,80}\.\s{0,9}(?:css|setProperty)\s{0,9}\(\s{0,9}(["'])([a-z-]{1,30})\1\s{0,9},\s{0,9}["']?([-+.\w%]{1,60})/i
const SET_TOGETHER = /^[^'"]{0,80}\.\s{0,9}css\s{0,9}\(\s{0,9}\{([^{}]{1,180})/i
const PAIR = /["']?([a-z-]{1,30})["']?\s{0,9}:\s{0,9}["']?([-+.\w%]{1,60})/gi

/** Names that are written by the numbers of their letters, as members of a list, or in pieces: `document["getEl"+"ementById"]`. */
const LETTERS = /\\(?:x([2-7][0-9a-f])|u00([2-7][0-9a-f]))/gi
const PIECES = /(["'])([\w#. :;-]{0,60})\1\s{0,3}\+\s{0,3}(["'])(?=[\w#. :;-]{0,60}\3)/g
const MEMBER = /\[\s{0,3}(["'])([a-z]\w{0,40})\1\s{0,3}\]/gi
/** Of a name in pieces, at most so many. */
const MOST_PIECES = 4

/** A script with its names written out, as far as they stand in it. */
export function plainScript(text: string): string {
  let plain = text.replace(LETTERS, (all, two?: string, four?: string) => {
    const sign = String.fromCharCode(Number.parseInt(two ?? four ?? '', 16))
    return /[\w#. :;-]/.test(sign) ? sign : all
  })
  for (let n = 0; n < MOST_PIECES; n++) {
    const joined = plain.replace(PIECES, (_, open: string, said: string) => `${open}${said}`)
    if (joined.length === plain.length) break
    plain = joined
  }
  return plain.replace(MEMBER, '.$2')
}

/** A script that hides something of its own page as it loads, as hidden links often are. */
const AT_ONCE =
  /(?:getElementById\(\s{0,9}["']|querySelector\(\s{0,9}["']#)([\w-]{1,80})["']\s{0,9}\)\s{0,9}\.\s{0,9}(?:hidden\s{0,9}=\s{0,9}(?:true|!0|1)|style\s{0,9}\.\s{0,9}(?:(?:display|visibility)\s{0,9}=\s{0,9}["'](?:none|hidden)["']|cssText\s{0,9}=\s{0,9}["']([^"']{1,200})["']))/g

/** The elements that a script hides as the page loads. @param plain with its names written out */
export const hiddenAtOnce = (plain: string): StyleRule[] =>
  [...plain.slice(0, MOST_AT_ONCE).matchAll(AT_ONCE)].map(([, id = '', style]) => ({
    steps: [{ tag: null, id, classes: [], attributes: [], places: [], nots: [], by: ' ' }],
    weight: 1_000,
    declarations: style === undefined ? HIDDEN : declarationsOf(style),
  }))

/** The elements that scripts hide at some time, each with how, as a sheet would say it. */
export function hiddenByScripts(text: string): StyleRule[] {
  const script = text.slice(0, MOST_SCRIPT)
  const rules: StyleRule[] = []
  for (const match of script.matchAll(CHOSEN)) {
    if (rules.length >= MOST_CHOSEN) break
    const [all, , name = ''] = match
    const behind = script.slice(match.index + all.length, match.index + all.length + NEAR)
    const styled = STYLED.exec(behind)?.[2] ?? setIn(behind)
    const how = HIDES.some((one) => one.test(behind)) ? HIDDEN : declarationsOf(styled)
    if (how.size === 0) continue
    const sign = all.startsWith('getElementById') ? '#' : all.startsWith('getElementsByClass') ? '.' : ''
    const steps = stepsOf(`${sign}${name}`)
    if (steps && /^[#.]/.test(`${sign}${name}`)) rules.push({ steps, weight: 1_000, declarations: how })
  }
  return rules
}

/** What a script sets of a style, as a sheet says it. Who moves something has taken it out of its place. */
function setIn(behind: string): string {
  const one = SET.exec(behind)
  const called = SET_BY_CALL.exec(behind)
  const pairs = [
    ...(one ? [[one[1], one[3]]] : []),
    ...(called ? [[called[2], called[3]]] : []),
    ...[...(SET_TOGETHER.exec(behind)?.[1] ?? '').matchAll(PAIR)].map(([, name, value]) => [name, value]),
  ]
  if (pairs.length === 0) return ''
  const said = pairs.map(([name = '', value]) => `${name.replace(/[A-Z]/g, '-$&')}:${value}`)
  return ['position:absolute', ...said].join(';')
}
