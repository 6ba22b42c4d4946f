/* What a page's own style sheets say of whether something is seen. Sheets of other files are not known. */

/** Characters of style sheets, and rules of them, that are looked at. */
const MOST_CSS = 400_000
const MOST_RULES = 3_000
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
  ...['z-index', 'overflow-x', 'overflow-y'],
])

export type Declarations = ReadonlyMap<string, string>

/** One step of a selector: `div.menu#top`. */
export interface Compound {
  readonly tag: string | null
  readonly id: string | null
  readonly classes: readonly string[]
  readonly attributes: readonly AttributeTest[]
  /** How it follows the step before it: anywhere within (` `), directly within, right behind, or anywhere behind. */
  readonly by: ' ' | '>' | '+' | '~'
  /** It is the first, or the last, of what stands beside it. */
  readonly edge: 'first' | 'last' | null
}

/** `[href*=bet]`: what an attribute is or has in it. */
export interface AttributeTest {
  readonly name: string
  readonly by: string
  readonly value: string
}

export interface StyleRule {
  readonly steps: readonly Compound[]
  readonly weight: number
  readonly declarations: Declarations
}

/** The rules of a sheet that can hide something; those for other media, and those of states, are left out. */
export function rulesOf(css: string): StyleRule[] {
  return rulesIn(withoutComments(css.slice(0, MOST_CSS)))
}

const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ')
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

function rulesIn(text: string, depth = 0): StyleRule[] {
  const rules: StyleRule[] = []
  for (let at = 0; at < text.length && rules.length < MOST_RULES; ) {
    const open = text.indexOf('{', at)
    if (open < 0) break
    // What ends before is a statement of its own: `@charset "utf-8";`.
    const before = text.slice(at, open)
    const head = before.slice(before.lastIndexOf(';') + 1).trim()
    const close = head.startsWith('@') ? endOfBlock(text, open) : text.indexOf('}', open)
    const end = close < 0 ? text.length : close
    at = end + 1
    if (head.startsWith('@')) {
      const isFollowed = depth < DEEPEST && head.length <= MOST_HEAD
      if (isFollowed) rules.push(...rulesOfBlock(head, text.slice(open + 1, end), depth))
      continue
    }
    const declarations = declarationsOf(text.slice(open + 1, end))
    if (declarations.size > 0) rules.push(...selectorsOf(head, declarations))
  }
  return rules
}

function rulesOfBlock(head: string, body: string, depth: number): StyleRule[] {
  const isAlways = MEDIA.test(head) ? isOnAll(head.slice(MEDIA_SIGN.length)) : ALWAYS.test(head)
  if (!isAlways) return MAYBE.test(head) ? rulesIn(body, depth + 1).flatMap(maybe) : []
  const within = rulesIn(body, depth + 1)
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

function endOfBlock(text: string, open: number): number {
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
  /(?<![\w-])(margin|inset)\s{0,9}:\s{0,9}([-\w.%]{1,20}(?:\s{1,9}[-\w.%]{1,20}){0,3})\s{0,9}(!\s{0,9}important\s{0,9})?(?=;|$)/gi

function inFull(_: string, name: string, values: string, important = ''): string {
  const [top = '', right = top, bottom = top, left = right] = values.trim().split(/\s+/)
  const side = name.toLowerCase() === 'margin' ? 'margin-' : ''
  const sides = { top, right, bottom, left }
  return Object.entries(sides)
    .map(([at, value]) => `${side}${at}:${value}${important}`)
    .join(';')
}

/** The declarations of a rule or of a `style` attribute that can hide something, by property. */
export function declarationsOf(body: string): Declarations {
  const found = new Map<string, string>()
  for (const one of plainly(body).replace(SHORT, inFull).split(';')) {
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

/** Without comments, and without letters that are written by their numbers (`dis\\70lay`), as a browser reads it. */
const plainly = (body: string): string =>
  (body.includes('/*') ? body.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '') : body).replace(
    /\\([0-9a-f]{1,6})\s?/gi,
    (_, code: string) => {
      const point = Number.parseInt(code, 16)
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ''
    },
  )

function selectorsOf(head: string, declarations: Declarations): StyleRule[] {
  return head.split(',', MOST_RULES).flatMap((selector) => {
    const steps = stepsOf(selector.trim())
    return steps ? [{ steps, weight: weightOf(steps), declarations }] : []
  })
}

const ATTRIBUTE = /\[([\w-]+)(?:([~^$*|]?=)(?:"([^"]*)"|'([^']*)'|([^\]"']*)))?\]/
/** States and places that are always so, or are known. */
const STATE = /:(?:root|link|any-link|first-child|last-child|nth-(?:last-)?(?:child|of-type)\(n\))/
const COMPOUND = new RegExp(
  `^([a-z][\\w-]*|\\*)?((?:[.#][\\w-]+|${STATE.source}|${ATTRIBUTE.source.replace(/\((?!\?)/g, '(?:')})*)$`,
  'i',
)
const NAMES = new RegExp(`[.#][\\w-]+|${STATE.source}|${ATTRIBUTE.source}`, 'gi')

/** Names and attributes that one step of a selector asks for. */
const MOST_PARTS = 20

/** Null: it says more than names, classes and places, and is not followed. */
export function stepsOf(selector: string): Compound[] | null {
  const steps: Compound[] = []
  let by: Compound['by'] = ' '
  for (const part of partsOf(selector)) {
    if (part === '>' || part === '+' || part === '~') {
      by = part
      continue
    }
    const step = stepOf(part, by)
    if (!step) return null
    steps.push(step)
    by = ' '
  }
  return steps.length > 0 && steps.length <= 10 ? steps : null
}

/** `a>b`, `a + b` and `a~b` by their pieces; not the signs within `[a~=b]`. */
const partsOf = (selector: string): string[] =>
  selector
    .replace(/[>+]|~(?!=)/g, ' $& ')
    .split(/\s+/)
    .filter(Boolean)

function stepOf(part: string, by: Compound['by']): Compound | null {
  const match = COMPOUND.exec(part)
  if (!match) return null
  const parts = [...(match[2] ?? '').matchAll(NAMES)]
  if (parts.length > MOST_PARTS) return null
  const names = parts.map(([name]) => name)
  const states = names.filter((name) => name.startsWith(':')).map((name) => name.slice(1).toLowerCase())
  const tag = states.includes('root') ? 'html' : match[1]
  const attributes = parts.flatMap(([, name, sign = '', ...values]) =>
    name
      ? [{ name: name.toLowerCase(), by: sign, value: values.find((one) => one !== undefined) ?? '' }]
      : [],
  )
  return {
    tag: tag && tag !== '*' ? tag.toLowerCase() : null,
    id: names.find((name) => name.startsWith('#'))?.slice(1) ?? null,
    classes: names.filter((name) => name.startsWith('.')).map((name) => name.slice(1)),
    attributes: states.some((state) => state.endsWith('link')) ? [...attributes, LINKED] : attributes,
    edge: states.includes('first-child') ? 'first' : states.includes('last-child') ? 'last' : null,
    by,
  }
}

const LINKED: AttributeTest = { name: 'href', by: '', value: '' }

const weightOf = (steps: readonly Compound[]): number =>
  steps.reduce(
    (sum, { tag, id, classes, attributes }) =>
      sum + (id ? 100 : 0) + (classes.length + attributes.length) * 10 + (tag ? 1 : 0),
    0,
  )
