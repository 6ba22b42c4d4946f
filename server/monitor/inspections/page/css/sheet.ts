import type { AttributeTest, Compound, Place } from './selectors.ts'
import type { Declarations, StyleRule } from './styles.ts'

/** What a selector is held against. */
export interface Styled {
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
  readonly attributes: Readonly<Record<string, string>>
  readonly parent: Styled | null
  /** The element before it in what it stands in, and how many it is from the first and the last of that. */
  readonly previous: Styled | null
  readonly nth: number
  readonly nthFromEnd: number
}

/**
 * Comparisons of one element with one step, for a whole page. A sheet can be written so that holding it against a page takes
 * for ever; what comes after so many is as if no sheet spoke of it.
 */
const MOST_TRIED = 8_000_000
/** Of them for one element: each is one step of the work, and lets others have their turn. */
const MOST_OF_ELEMENT = 200_000
/** A rule that fits costs more: its declarations are gone through. */
const COST_OF_FIT = 15
const COST_OF_ATTRIBUTE = 5
/** Names of classes that are held against one another in the time of one comparison. */
const NAMES_AT_ONCE = 8
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
    if (!step) return false
    this.#left -= costOf(step, element)
    if (this.#left < this.#floor || !fits(step, element)) return false
    if (at === 0) {
      this.#left -= COST_OF_FIT
      return true
    }
    const isOnce = step.by === '>' || step.by === '+'
    const toward = step.by === ' ' || step.by === '>' ? UP : BACK
    let other = toward(element)
    for (let n = 0; other && n < (isOnce ? 1 : MOST_UP); n++, other = toward(other)) {
      if (this.#matches(steps, at - 1, other)) return true
    }
    return false
  }
}

const costOf = ({ attributes, classes, nots }: Compound, element: Styled): number =>
  1 +
  attributes.length * COST_OF_ATTRIBUTE +
  (classes.length * element.classes.length) / NAMES_AT_ONCE +
  nots.reduce((sum, not) => sum + costOf(not, element), 0)

const UP = ({ parent }: Styled): Styled | null => parent
const BACK = ({ previous }: Styled): Styled | null => previous

const fits = ({ tag, id, classes, attributes, places, nots }: Compound, element: Styled): boolean =>
  (tag === null || tag === element.tag) &&
  (id === null || id === element.id) &&
  classes.every((name) => element.classes.includes(name)) &&
  attributes.every((one) => says(element.attributes[one.name], one)) &&
  places.every((place) => isAt(place, element)) &&
  !nots.some((not) => fits(not, element))

function isAt({ step, offset, isFromEnd }: Place, { nth, nthFromEnd }: Styled): boolean {
  const beyond = (isFromEnd ? nthFromEnd : nth) - offset
  return step === 0 ? beyond === 0 : beyond % step === 0 && beyond / step >= 0
}

function says(said: string | undefined, { by, value }: AttributeTest): boolean {
  if (said === undefined) return false
  if (by === '') return true
  if (value === '') return by === '=' && said === ''
  if (by === '=') return said === value
  if (by === '^=') return said.startsWith(value)
  if (by === '$=') return said.endsWith(value)
  if (by === '*=') return said.slice(0, MOST_SAID).includes(value)
  return by === '~='
    ? said.slice(0, MOST_SAID).split(/\s+/, MOST_WORDS).includes(value)
    : said === value || said.startsWith(`${value}-`)
}

/** Characters of an attribute in which something is looked for, and words of it. */
const MOST_SAID = 300
const MOST_WORDS = 60
