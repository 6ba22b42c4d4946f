import type { Steps } from '../../../../base/slices.ts'
import { type Compound, selectorsOf, withinEach } from './selectors.ts'

/* What a page's own style sheets say of whether something is seen. Sheets of other files are not known. */

/** Characters of style sheets, and rules of them, that are looked at. */
const MOST_CSS = 400_000
const MOST_RULES = 3_000
/** Characters of selectors, each within those of what it stands in: blocks within blocks make many of few. */
const MOST_SELECTED = 2_000_000
/** Characters at either end of what one rule or one attribute declares. */
const MOST_END = 100_000
/** Characters of a value, and of what a block says of itself. */
const MOST_VALUE = 300
const MOST_HEAD = 300
/** Properties that can hide something. */
const HIDING = new Set([
  ...[
    'display',
    'visibility',
    'opacity',
    'position',
    'left',
    'top',
    'right',
    'bottom',
    'text-indent',
    'margin-left',
    'margin-top',
  ],
  ...['width', 'height', 'max-width', 'max-height', 'overflow', 'font-size', 'line-height', 'color'],
  ...[
    'background',
    'background-color',
    'clip',
    'clip-path',
    'transform',
    'scale',
    'translate',
    'font',
    'filter',
  ],
  ...['zoom', 'content-visibility', 'background-clip', '-webkit-background-clip', 'background-image'],
  ...['z-index', 'overflow-x', 'overflow-y', 'contain', 'white-space', 'padding-top'],
])

export type Declarations = ReadonlyMap<string, string>

export interface StyleRule {
  readonly steps: readonly Compound[]
  readonly weight: number
  readonly declarations: Declarations
}

/** The rules of sheets that can hide something; those for other media, and those of states, are left out. */
export function* rulesOf(sheets: readonly string[]): Steps<StyleRule[]> {
  const rules: StyleRule[] = []
  const budget: Budget = { left: MOST_SELECTED }
  let left = MOST_CSS
  for (const sheet of sheets) {
    if (left <= 0 || rules.length >= MOST_RULES) break
    // What one of them leaves open is closed where it ends.
    rules.push(...(yield* rulesIn(withoutTexts(withoutComments(sheet.slice(0, left))), budget)))
    left -= sheet.length
  }
  return rules
}

const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ')
/** Texts in which there are signs of blocks (`content: "{"`) without these. */
const withoutTexts = (css: string): string =>
  css.replace(/"(?:[^"\\\n]|\\[\s\S]){0,200}"|'(?:[^'\\\n]|\\[\s\S]){0,200}'/g, (text) =>
    text.replace(/[{}]/g, ' '),
  )
/** Blocks whose rules are in force everywhere; of what a browser lacks nothing is followed. */
const ALWAYS = /^@(?:layer\b|supports\b(?!.*\bnot\b))/is
const MEDIA = /^@media\b/i
/** What is asked of a screen that every one is: wider than next to nothing, narrower than any, of some density. */
const EVERY_SCREEN =
  /^(?:(?:only\s{1,9})?(?:screen|all)|not\s{1,9}print|\((?:min-(?:device-)?(?:width|height)\s{0,9}:\s{0,9}(?:[12]?\d{0,2}|3[01]\d)(?:\.\d{1,9})?(?:px)?|max-(?:device-)?(?:width|height)\s{0,9}:\s{0,9}\d{5,9}px|(?:-webkit-)?min-(?:device-pixel-ratio|resolution)\s{0,9}:\s{0,9}0(?:\.\d{1,9})?(?:dpi|dppx|x)?|color)\s{0,9}\))$/i

/** Whether a query of media holds on a screen of any size. */
export const isOnAll = (query: string): boolean =>
  query.split(',').some((one) => one.split(/\band\b/i).every((part) => EVERY_SCREEN.test(part.trim())))

const MEDIA_SIGN = '@media'
const LAYER = /^@layer\b/i
/** What stands in a layer, however weighty, gives way to what stands in none. */
const OF_LAYER = -1_000_000
/** Blocks whose rules may be in force on some screens: what they colour may have another colour. */
const MAYBE = /^@(?:media|supports|container)\b(?!\s{0,9}print\b)/i
/** Blocks that stand within one another. */
const DEEPEST = 4

/** What of the selectors of a page may be looked at yet, characters. */
interface Budget {
  left: number
}

/** The selectors of a rule within those around it, as far as may be looked at. */
function selected(around: readonly string[], head: string, budget: Budget): string[] {
  if (budget.left <= 0) return []
  const all = withinEach(around, head)
  budget.left -= all.reduce((sum, { length }) => sum + length, 0)
  return all
}

/** @param around the selectors of the rule that it stands in */
function* rulesIn(
  text: string,
  budget: Budget,
  depth = 0,
  around: readonly string[] = [],
): Steps<StyleRule[]> {
  const rules: StyleRule[] = []
  let own = ''
  let at = 0
  while (at < text.length && rules.length < MOST_RULES && budget.left > 0) {
    yield
    const open = text.indexOf('{', at)
    if (open < 0) break
    // What ends before is a statement of its own: `@charset "utf-8";`.
    const before = text.slice(at, open)
    const head = before.slice(before.lastIndexOf(';') + 1).trim()
    own += before.slice(0, before.lastIndexOf(';') + 1)
    const close = endOfBlock(text, open, head.startsWith('@'))
    const end = close < 0 ? text.length : close
    const body = text.slice(open + 1, end)
    at = end + 1
    const isWhole = !head.startsWith('@') && !body.includes('{')
    if (!isWhole && (depth >= DEEPEST || head.length > MOST_HEAD)) continue
    if (head.startsWith('@')) rules.push(...(yield* rulesOfBlock(head, body, budget, depth, around)))
    else if (isWhole) rules.push(...rulesFor(around, head, body, budget))
    else rules.push(...(yield* rulesIn(body, budget, depth + 1, selected(around, head, budget))))
  }
  return around.length > 0 ? [...rulesFor(around, AROUND, own + text.slice(at), budget), ...rules] : rules
}

/** By this name a rule calls what it stands in. */
const AROUND = '&'

/** What a rule without others in it says. */
function rulesFor(around: readonly string[], head: string, body: string, budget: Budget): StyleRule[] {
  const declarations = declarationsOf(body)
  const rules: StyleRule[] = []
  if (declarations.size === 0) return rules
  for (const selector of selected(around, head, budget)) {
    if (rules.length >= MOST_RULES) break
    rules.push(...selectorsOf(selector).map((one) => ({ ...one, declarations })))
  }
  return rules
}

function* rulesOfBlock(
  head: string,
  body: string,
  budget: Budget,
  depth: number,
  around: readonly string[],
): Steps<StyleRule[]> {
  const isAlways = MEDIA.test(head) ? isOnAll(head.slice(MEDIA_SIGN.length)) : ALWAYS.test(head)
  if (!isAlways && !MAYBE.test(head)) return []
  const within = yield* rulesIn(body, budget, depth + 1, around)
  if (!isAlways) return within.flatMap(maybe)
  return LAYER.test(head) ? within.map((rule) => ({ ...rule, weight: rule.weight + OF_LAYER })) : within
}

/** What a rule that is not always in force may colour. */
function maybe(rule: StyleRule): StyleRule[] {
  const colours = [...rule.declarations].flatMap(([name, value]) => {
    const known = MAYBE_OF.get(name)
    return known ? [[known, value] as const] : []
  })
  return colours.length > 0 ? [{ ...rule, declarations: new Map(colours) }] : []
}

const MAYBE_OF: ReadonlyMap<string, string> = new Map([
  ...['color', 'maybe-color'].map((name) => [name, 'maybe-color'] as const),
  ...['background', 'background-color', 'background-image', 'maybe-background'].map(
    (name) => [name, 'maybe-background'] as const,
  ),
])

/** Where a block ends. @param isOfBlocks others stand in it; else they do where one opens before any closes */
function endOfBlock(text: string, open: number, isOfBlocks: boolean): number {
  const first = text.indexOf('}', open)
  if (!isOfBlocks && (first < 0 || !text.slice(open + 1, first).includes('{'))) return first
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at
  }
  return -1
}

/** Blanks are counted: a pattern that takes any number of them begins anew at each. */
const IMPORTANT = /\s{0,9}!\s{0,9}important$/

/** A page's own properties, whose values others may name (`--x`, `var(--x)`), begin so; by itself: there are some. */
export const OWN = '--'

/** Four sides at once, from the top clockwise; of fewer, those across are alike. */
const SHORT =
  /(?<![\w-])(margin|padding|inset)\s{0,9}:\s{0,9}([-\w.%]{1,20}(?:\s{1,9}[-\w.%]{1,20}){0,3})\s{0,9}(!\s{0,9}important\s{0,9})?(?=;|$)/gi

function inFull(_: string, name: string, values: string, important = ''): string {
  const [top = '', right = top, bottom = top, left = right] = values.trim().split(/\s+/)
  const side = name.toLowerCase() === 'inset' ? '' : `${name}-`
  const sides = { top, right, bottom, left }
  return Object.entries(sides)
    .map(([at, value]) => `${side}${at}:${value}${important}`)
    .join(';')
}

/** The declarations of a rule or of a `style` attribute that can hide something, by property. */
export function declarationsOf(body: string): Declarations {
  const found = new Map<string, string>()
  for (const one of plainly(endsOf(body)).replace(SHORT, inFull).split(';')) {
    const colon = one.indexOf(':')
    if (colon < 0) continue
    const name = one.slice(0, colon).trim().toLowerCase()
    if (!HIDING.has(name) && !name.startsWith(OWN)) continue
    const said = one
      .slice(colon + 1)
      .trim()
      .toLowerCase()
    const plain = said.replace(IMPORTANT, '')
    const isImportant = plain.length < said.length
    // What was said to be important stays, whatever comes behind it.
    if (found.get(name)?.endsWith('!important') && !isImportant) continue
    if (name.startsWith(OWN)) found.set(OWN, '')
    found.set(name, `${plain.slice(0, MOST_VALUE)}${isImportant ? ' !important' : ''}`)
  }
  return found
}

/** Of megabytes in one attribute, which nobody needs and a browser reads, the beginning and what has the last word. */
const endsOf = (body: string): string =>
  body.length <= 2 * MOST_END ? body : `${body.slice(0, MOST_END)};${body.slice(-MOST_END)}`

/** Without comments, and without letters that are written by their numbers (`dis\\70lay`), as a browser reads it. */
const plainly = (body: string): string =>
  (body.includes('/*') ? body.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '') : body).replace(
    /\\([0-9a-f]{1,6})\s?/gi,
    (_, code: string) => {
      const point = Number.parseInt(code, 16)
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ''
    },
  )
