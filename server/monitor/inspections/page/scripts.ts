import { scriptText } from '../../html/script-text.ts'
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
      const said = scriptText(script, match.index + match[0].length)
      parts.push(said.text)
      end = said.end
    }
    WRITES.lastIndex = 0
  }
  const written = parts.join('')
  return /<a[\s>]/i.test(written) ? written : ''
}
