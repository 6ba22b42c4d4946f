/* Lengths as sheets say them, those that are to be reckoned (`calc(-1 * 9999px)`) among them. */

/** A figure without a unit, pixels, and per cent of something that is not known (`%`, `vw`): what they add up to. */
export interface Length {
  readonly plain: number
  readonly px: number
  readonly percent: number
}

const PX: Readonly<Record<string, number>> = {
  ...{ px: 1, pt: 1.33, pc: 16, in: 96, cm: 38, mm: 3.8 },
  ...{ em: 16, rem: 16, ex: 8, ch: 8 },
}
const IS_PERCENT = /^(?:%|[dsl]?v(?:[wh]|min|max))$/
const FIGURE = /^([-+]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})(?:e[-+]?\d{1,2})?)\d{0,300}([a-z]{1,5}|%)?/

/** Characters of what is reckoned, and brackets in it that stand in one another. */
const MOST_CALC = 120
const DEEPEST = 4

/** The length with which a value begins; null where it begins with none. */
export function calculated(value: string): Length | null {
  const said = value.trimStart()
  const calc = /^(?:-webkit-|-moz-)?calc(?=\()/.exec(said)
  if (!calc) return figureAt(said)?.length ?? null
  return sumAt(new Rest(said.slice(calc[0].length + 1, MOST_CALC)), 0)
}

function figureAt(said: string): { readonly length: Length; readonly end: number } | null {
  const match = FIGURE.exec(said)
  if (!match) return null
  const [number, unit = ''] = [Number(match[1]), match[2] ?? '']
  const length = { plain: 0, px: 0, percent: 0 }
  if (unit === '' || number === 0) length.plain = number
  else if (IS_PERCENT.test(unit)) length.percent = number
  else if (PX[unit] !== undefined) length.px = number * PX[unit]
  else return null
  return { length, end: match[0].length }
}

/** What is left to be reckoned. */
class Rest {
  said: string

  constructor(said: string) {
    this.said = said.trimStart()
  }

  /** Whether it goes on with one of these signs, which is then taken. */
  take(signs: string): string | null {
    const sign = this.said.charAt(0)
    if (sign === '' || !signs.includes(sign)) return null
    this.pass(1)
    return sign
  }

  pass(n: number): void {
    this.said = this.said.slice(n).trimStart()
  }
}

function sumAt(rest: Rest, depth: number): Length | null {
  let sum = productAt(rest, depth)
  for (let sign = rest.take('+-'); sum && sign; sign = rest.take('+-')) {
    const next = productAt(rest, depth)
    sum = next && added(sum, times(next, sign === '-' ? -1 : 1))
  }
  return sum
}

function productAt(rest: Rest, depth: number): Length | null {
  let product = factorAt(rest, depth)
  for (let sign = rest.take('*/'); product && sign; sign = rest.take('*/')) {
    const next = factorAt(rest, depth)
    if (!next) return null
    product = sign === '/' ? divided(product, next) : multiplied(product, next)
  }
  return product
}

function factorAt(rest: Rest, depth: number): Length | null {
  if (rest.said.startsWith('calc(')) rest.pass('calc'.length)
  if (rest.take('(')) {
    const within = depth < DEEPEST ? sumAt(rest, depth + 1) : null
    rest.take(')')
    return within
  }
  const figure = figureAt(rest.said)
  if (!figure) return null
  rest.pass(figure.end)
  return figure.length
}

const isPlain = ({ px, percent }: Length): boolean => px === 0 && percent === 0
const times = ({ plain, px, percent }: Length, n: number): Length => ({
  plain: plain * n,
  px: px * n,
  percent: percent * n,
})
const added = (one: Length, other: Length): Length => ({
  plain: one.plain + other.plain,
  px: one.px + other.px,
  percent: one.percent + other.percent,
})
const multiplied = (one: Length, other: Length): Length | null =>
  isPlain(other) ? times(one, other.plain) : isPlain(one) ? times(other, one.plain) : null
const divided = (one: Length, other: Length): Length | null =>
  isPlain(other) && other.plain !== 0 ? times(one, 1 / other.plain) : null
