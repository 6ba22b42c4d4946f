/* Selectors of sheets: what each asks of an element, of what it stands in, and of what stands beside it. */

/** One step of a selector: `div.menu#top`. */
export interface Compound {
  readonly tag: string | null
  readonly id: string | null
  readonly classes: readonly string[]
  readonly attributes: readonly AttributeTest[]
  /** Where it stands among what is beside it. */
  readonly places: readonly Place[]
  /** What it is not. */
  readonly nots: readonly Compound[]
  /** How it follows the step before it: anywhere within (` `), directly within, right behind, or anywhere behind. */
  readonly by: ' ' | '>' | '+' | '~'
}

/** `[href*=bet]`: what an attribute is or has in it. */
export interface AttributeTest {
  readonly name: string
  readonly by: string
  readonly value: string
}

/** The `offset`th, and each `step`th from there. */
export interface Place {
  readonly step: number
  readonly offset: number
  readonly isFromEnd: boolean
}

/** Selectors of one rule, and those that one with alternatives in it, or within others, stands for. */
const MOST_SELECTORS = 3_000
const MOST_ALTERNATIVES = 64
/** Characters of one, and of steps in it. */
const MOST_LONG = 1_000
const MOST_STEPS = 10
/** Names and attributes that one step of a selector asks for. */
const MOST_PARTS = 20

/** Pieces between these signs, where they stand in no brackets. */
function splitAt(text: string, isSign: (sign: string) => boolean, most: number): string[] {
  const pieces: string[] = []
  let [depth, from] = [0, 0]
  for (let at = 0; at <= text.length && pieces.length < most; at++) {
    const sign = text.charAt(at)
    if (sign === '(' || sign === '[') depth++
    else if (sign === ')' || sign === ']') depth--
    else if (sign !== '' && (depth > 0 || !isSign(sign))) continue
    else {
      const piece = text.slice(from, at).trim()
      if (piece !== '') pieces.push(piece)
      if (sign !== '' && !/[\s,]/.test(sign)) pieces.push(sign)
      from = at + 1
    }
  }
  return pieces
}

const listed = (head: string): string[] => splitAt(head, (sign) => sign === ',', MOST_SELECTORS)

/** The selectors of a rule, each within those of the rule that it stands in. */
export function withinEach(around: readonly string[], head: string): string[] {
  const own = listed(head)
  if (around.length === 0) return own
  const all: string[] = []
  for (const outer of around) {
    for (const one of own) {
      if (all.length >= MOST_ALTERNATIVES) return all
      const whole = one.includes('&') ? one.split('&', MOST_PARTS).join(outer) : `${outer} ${one}`
      if (whole.length <= MOST_LONG) all.push(whole)
    }
  }
  return all
}

/** The steps of a selector and how much it weighs, for each of the alternatives in it; none where it is not followed. */
export const selectorsOf = (selector: string): { steps: readonly Compound[]; weight: number }[] =>
  selector.length > MOST_LONG
    ? []
    : alternativesIn(plainNames(selector)).flatMap((one) => {
        const steps = stepsOf(one)
        return steps ? [{ steps, weight: weightOf(steps) }] : []
      })

/** Letters that are written by their numbers: `.\78` is `.x`. What is no letter of a name stays as it is, and is not followed. */
const plainNames = (selector: string): string =>
  selector.replace(/\\([0-9a-f]{1,6})\s?/gi, (all, code: string) => {
    const point = Number.parseInt(code, 16)
    const sign = point <= 0x10ffff ? String.fromCodePoint(point) : ''
    return /^[\w\u00a0-\uffff-]$/.test(sign) ? sign : all
  })

const ANY_OF = /:(?:is|matches|-webkit-any|-moz-any)\(([^()]{1,200})\)/i
/** Lists of alternatives in one selector. */
const MOST_LISTS = 3

function alternativesIn(selector: string): string[] {
  let all = [selector]
  for (let n = 0; n < MOST_LISTS; n++) all = all.flatMap(withAnyOf).slice(0, MOST_ALTERNATIVES)
  return all
}

function withAnyOf(selector: string): string[] {
  const match = ANY_OF.exec(selector)
  if (!match) return [selector]
  const before = selector.slice(0, match.index)
  const behind = selector.slice(match.index + match[0].length)
  const isFirst = /(?:^|[\s>+~])$/.test(before)
  return listed(match[1] ?? '')
    .filter((one) => isFirst || /^[.#[:][^\s>+~]*$/.test(one))
    .map((one) => `${before}${one}${behind}`)
}

const NAME = '[\\w\\u00a0-\\uffff-]+'
const ATTRIBUTE = /\[([\w-]+)(?:([~^$*|]?=)(?:"([^"]*)"|'([^']*)'|([^\]"']*)))?\]/
/** States and places that are always so, or are known. */
const STATE =
  /:(?:root|link|any-link|first-child|last-child|only-child|nth-(?:last-)?child\([^()]{1,20}\)|nth-(?:last-)?of-type\(n\)|not\([^()]{1,200}\))/
const PART = `[.#]${NAME}|${STATE.source}|${ATTRIBUTE.source}`
const COMPOUND = new RegExp(`^([a-z][\\w-]*|\\*)?((?:${PART})*)$`, 'i')
const PARTS = new RegExp(PART, 'gi')

/** Null: it says more than names, classes and places, and is not followed. */
export function stepsOf(selector: string): Compound[] | null {
  const steps: Compound[] = []
  let by: Compound['by'] = ' '
  for (const part of splitAt(selector, (sign) => /[\s>+~]/.test(sign), MOST_STEPS * 2 + 1)) {
    if (part === '>' || part === '+' || part === '~') {
      by = part
      continue
    }
    const step = stepOf(part, by)
    if (!step) return null
    steps.push(step)
    by = ' '
  }
  return by === ' ' && steps.length > 0 && steps.length <= MOST_STEPS ? steps : null
}

function stepOf(part: string, by: Compound['by'], isWithin = false): Compound | null {
  const match = COMPOUND.exec(part)
  if (!match) return null
  const parts = [...(match[2] ?? '').matchAll(PARTS)]
  if (parts.length > MOST_PARTS) return null
  const names = parts.map(([name]) => name)
  const states = names.filter((name) => name.startsWith(':')).map((name) => name.slice(1))
  const known = states.map((state) => stateOf(state, isWithin))
  const asked = known.filter((one) => one !== null)
  if (asked.length < known.length) return null
  const attributes = parts.flatMap(([, name, sign = '', ...values]) =>
    name
      ? [{ name: name.toLowerCase(), by: sign, value: values.find((one) => one !== undefined) ?? '' }]
      : [],
  )
  const tag = asked.find((one) => one.tag)?.tag ?? match[1]
  return {
    tag: tag && tag !== '*' ? tag.toLowerCase() : null,
    id: names.find((name) => name.startsWith('#'))?.slice(1) ?? null,
    classes: names.filter((name) => name.startsWith('.')).map((name) => name.slice(1)),
    attributes: [...attributes, ...asked.flatMap((one) => one.attributes ?? [])],
    places: asked.flatMap((one) => one.places ?? []),
    nots: asked.flatMap((one) => one.nots ?? []),
    by,
  }
}

const LINKED: AttributeTest = { name: 'href', by: '', value: '' }
const FIRST: Place = { step: 0, offset: 1, isFromEnd: false }
const LAST: Place = { ...FIRST, isFromEnd: true }

type Asked = Partial<Pick<Compound, 'tag' | 'attributes' | 'places' | 'nots'>>
const PLAIN: Readonly<Record<string, Asked>> = {
  root: { tag: 'html' },
  link: { attributes: [LINKED] },
  'any-link': { attributes: [LINKED] },
  'first-child': { places: [FIRST] },
  'last-child': { places: [LAST] },
  'only-child': { places: [FIRST, LAST] },
}

/** What a state asks of an element; null: it is not followed. @param isWithin it is of what something is not */
function stateOf(state: string, isWithin: boolean): Asked | null {
  const [, name = '', within = ''] = /^([a-z-]+)(?:\((.*)\))?$/is.exec(state) ?? []
  const kind = name.toLowerCase()
  if (kind === 'not') {
    const nots = isWithin ? [] : listed(within).map((one) => stepOf(one, ' ', true))
    const known = nots.filter((one) => one !== null)
    return nots.length > 0 && known.length === nots.length ? { nots: known } : null
  }
  if (kind.endsWith('-of-type')) return {}
  if (!kind.startsWith('nth-')) return PLAIN[kind] ?? null
  const place = placeOf(within.trim().toLowerCase())
  return place && { places: [{ ...place, isFromEnd: kind === 'nth-last-child' }] }
}

const PLACE = /^([-+]?\d{0,4})n(?:\s{0,9}([-+])\s{0,9}(\d{1,4}))?$/

/** `odd`, `3`, `-n + 2`. */
function placeOf(said: string): Omit<Place, 'isFromEnd'> | null {
  if (said === 'odd' || said === 'even') return { step: 2, offset: said === 'odd' ? 1 : 2 }
  if (/^\+?\d{1,4}$/.test(said)) return { step: 0, offset: Number(said) }
  const [all, step = '', sign = '+', offset = '0'] = PLACE.exec(said) ?? []
  if (all === undefined) return null
  return { step: /\d/.test(step) ? Number(step) : Number(`${step}1`), offset: Number(`${sign}${offset}`) }
}

const weightOf = (steps: readonly Compound[]): number =>
  steps.reduce(
    (sum, { tag, id, classes, attributes, places, nots }) =>
      sum +
      (id ? 100 : 0) +
      (classes.length + attributes.length + places.length) * 10 +
      (tag ? 1 : 0) +
      weightOf(nots),
    0,
  )
