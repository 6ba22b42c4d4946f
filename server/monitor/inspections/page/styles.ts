/* What a page's own style sheets say of whether something is seen. Sheets of other files are not known. */

/** Characters of style sheets, and rules of them, that are looked at. */
const MOST_CSS = 400_000
const MOST_RULES = 3_000
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
])

export type Declarations = ReadonlyMap<string, string>

/** One step of a selector: `div.menu#top`. */
interface Compound {
  readonly tag: string | null
  readonly id: string | null
  readonly classes: readonly string[]
  readonly attributes: readonly AttributeTest[]
  /** How it follows the step before it: anywhere within, or directly. */
  readonly isChild: boolean
}

/** `[href*=bet]`: what an attribute is or has in it. */
interface AttributeTest {
  readonly name: string
  readonly by: string
  readonly value: string
}

export interface StyleRule {
  readonly steps: readonly Compound[]
  readonly weight: number
  readonly declarations: Declarations
}

/** What a selector is held against. */
export interface Styled {
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
  readonly attributes: Readonly<Record<string, string>>
  readonly parent: Styled | null
}

/** The rules of a sheet that can hide something; those for other media, and those of states, are left out. */
export function rulesOf(css: string): StyleRule[] {
  return rulesIn(withoutComments(css.slice(0, MOST_CSS)))
}

const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ')
/** Blocks whose rules are in force on a screen of any size. */
const ALWAYS = /^@(?:media\s+(?:(?:only\s+)?screen|all)|layer\b[^;{]*|supports\b[^{]*)\s*$/i
/** Blocks that stand within one another. */
const DEEPEST = 4

function rulesIn(text: string, depth = 0): StyleRule[] {
  const rules: StyleRule[] = []
  for (let at = 0; at < text.length && rules.length < MOST_RULES; ) {
    const open = text.indexOf('{', at)
    if (open < 0) break
    const head = text
      .slice(at, open)
      .replace(/^[^@]*;/, '')
      .trim()
    const close = head.startsWith('@') ? endOfBlock(text, open) : text.indexOf('}', open)
    const end = close < 0 ? text.length : close
    at = end + 1
    if (head.startsWith('@')) {
      if (ALWAYS.test(head) && depth < DEEPEST) rules.push(...rulesIn(text.slice(open + 1, end), depth + 1))
      continue
    }
    const declarations = declarationsOf(text.slice(open + 1, end))
    if (declarations.size > 0) rules.push(...selectorsOf(head, declarations))
  }
  return rules
}

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

/** The declarations of a rule or of a `style` attribute that can hide something, by property. */
export function declarationsOf(body: string): Declarations {
  const found = new Map<string, string>()
  for (const one of plainly(body).split(';')) {
    const colon = one.indexOf(':')
    if (colon < 0) continue
    const name = one.slice(0, colon).trim().toLowerCase()
    if (!HIDING.has(name)) continue
    const value = one
      .slice(colon + 1)
      .trim()
      .toLowerCase()
    // What was said to be important stays, whatever comes behind it.
    if (found.get(name)?.endsWith('!important') && !value.endsWith('!important')) continue
    found.set(name, value.replace(IMPORTANT, ' !important'))
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
const COMPOUND = new RegExp(
  `^([a-z][\\w-]*|\\*)?((?:[.#][\\w-]+|${ATTRIBUTE.source.replace(/\((?!\?)/g, '(?:')})*)$`,
  'i',
)
const NAMES = new RegExp(`[.#][\\w-]+|${ATTRIBUTE.source}`, 'g')

/** Null: it says more than names, classes and places, and is not followed. */
export function stepsOf(selector: string): Compound[] | null {
  const steps: Compound[] = []
  let isChild = false
  for (const part of selector.replace(/>/g, ' > ').split(/\s+/).filter(Boolean)) {
    if (part === '>') {
      isChild = true
      continue
    }
    const match = COMPOUND.exec(part)
    if (!match) return null
    const parts = [...(match[2] ?? '').matchAll(NAMES)]
    const names = parts.map(([name]) => name)
    steps.push({
      tag: match[1] && match[1] !== '*' ? match[1].toLowerCase() : null,
      id: names.find((name) => name.startsWith('#'))?.slice(1) ?? null,
      classes: names.filter((name) => name.startsWith('.')).map((name) => name.slice(1)),
      attributes: parts.flatMap(([, name, by = '', ...values]) =>
        name ? [{ name: name.toLowerCase(), by, value: values.find((one) => one !== undefined) ?? '' }] : [],
      ),
      isChild,
    })
    isChild = false
  }
  return steps.length > 0 && steps.length <= 10 ? steps : null
}

const weightOf = (steps: readonly Compound[]): number =>
  steps.reduce(
    (sum, { tag, id, classes, attributes }) =>
      sum + (id ? 100 : 0) + (classes.length + attributes.length) * 10 + (tag ? 1 : 0),
    0,
  )

/**
 * Comparisons of one element with one step, for a whole page. A sheet can be written so that holding it against a page takes
 * for ever; what comes after so many is as if no sheet spoke of it.
 */
const MOST_TRIED = 8_000_000
/** Of them for one element: each is one step of the work, and lets others have their turn. */
const MOST_OF_ELEMENT = 200_000
/** A rule that fits costs more: its declarations are gone through. */
const COST_OF_FIT = 15
/** Ancestors that are looked through for a step. */
const MOST_UP = 60

/** Rules by what their last step asks for first, so that an element is held against few. */
export class Sheet {
  #left = MOST_TRIED
  /** Where it stands when an element has had its share. */
  #floor = 0
  readonly #by = new Map<string, { readonly rule: StyleRule; readonly order: number }[]>()

  constructor(rules: readonly StyleRule[]) {
    for (const [order, rule] of rules.entries()) {
      const last = rule.steps.at(-1)
      if (!last) continue
      const key = last.id ? `#${last.id}` : last.classes[0] ? `.${last.classes[0]}` : (last.tag ?? '*')
      const some = this.#by.get(key)
      if (some) some.push({ rule, order })
      else this.#by.set(key, [{ rule, order }])
    }
  }

  get isEmpty(): boolean {
    return this.#by.size === 0
  }

  /** It was more than is looked at: of some elements the sheet has said nothing. */
  get isSpent(): boolean {
    return this.#left <= 0
  }

  /** What the sheet says of an element, the weightier and later first in force. */
  of(element: Styled): Declarations[] {
    if (this.isSpent) return []
    this.#floor = Math.max(0, this.#left - MOST_OF_ELEMENT)
    const keys = [`#${element.id}`, ...element.classes.map((name) => `.${name}`), element.tag, '*']
    return keys
      .flatMap((key) => this.#by.get(key) ?? [])
      .filter(({ rule: { steps } }) => this.#matches(steps, steps.length - 1, element))
      .sort((a, b) => a.rule.weight - b.rule.weight || a.order - b.order)
      .map(({ rule }) => rule.declarations)
  }

  /** Whether an element, and what it stands within, fits the steps up to the one at `at`. */
  #matches(steps: readonly Compound[], at: number, element: Styled): boolean {
    const step = steps[at]
    if (--this.#left < this.#floor || !step || !fits(step, element)) return false
    if (at === 0) {
      this.#left -= COST_OF_FIT
      return true
    }
    if (step.isChild) return element.parent !== null && this.#matches(steps, at - 1, element.parent)
    let up = element.parent
    for (let n = 0; up && n < MOST_UP; n++, up = up.parent) if (this.#matches(steps, at - 1, up)) return true
    return false
  }
}

const fits = ({ tag, id, classes, attributes }: Compound, element: Styled): boolean =>
  (tag === null || tag === element.tag) &&
  (id === null || id === element.id) &&
  classes.every((name) => element.classes.includes(name)) &&
  attributes.every((one) => says(element.attributes[one.name], one))

function says(said: string | undefined, { by, value }: AttributeTest): boolean {
  if (said === undefined) return false
  if (by === '') return true
  if (value === '') return by === '=' && said === ''
  if (by === '=') return said === value
  if (by === '^=') return said.startsWith(value)
  if (by === '$=') return said.endsWith(value)
  if (by === '*=') return said.includes(value)
  return by === '~='
    ? said.split(/\s+/, MOST_WORDS).includes(value)
    : said === value || said.startsWith(`${value}-`)
}

const MOST_WORDS = 60
