import names from './colour-names.json' with { type: 'json' }
import { FAINT } from './limits.ts'

/* Colours as sheets and attributes say them. */

/** The colours that have a name (CSS Color, level 4). */
const NAMED: Readonly<Record<string, string>> = names

/** Seen through; of a picture, or said in a way that is not understood: whose colours are not known. */
export const CLEAR = 'clear'
export const PICTURE = 'picture'

/** Nobody writes a colour with more characters. */
const MOST_COLOUR = 100

/** Words that name no colour of its own; places and sizes name none either. */
const NO_COLOUR = new Set(
  (
    'none inherit initial unset revert currentcolor repeat repeat-x repeat-y no-repeat left right top bottom center scroll fixed local ' +
    'cover contain auto / !important'
  ).split(' '),
)
const isNoColour = (value: string): boolean =>
  value
    .slice(0, MOST_COLOUR)
    .toLowerCase()
    .split(/\s+/)
    .every((word) => word === '' || NO_COLOUR.has(word) || /^-?[.\d]/.test(word))

/** What is said of a colour: null, that it has none of its own; one that nobody here understands may be any. */
export const colourSaid = (value: string | null): string | null =>
  value === null ? null : (colour(value) ?? (isNoColour(value) ? null : PICTURE))

/** Of the functions that make a colour: its three parts, and how much of it is seen. */
const MADE =
  /(rgb|hsl)a?\(\s{0,9}([-.\d]{1,12}(?:%|deg|turn|rad)?)[\s,]{1,9}([.\d]{1,12}%?)[\s,]{1,9}([.\d]{1,12}%?)\s{0,9}(?:[,/]\s{0,9}([.\d]{1,12}%?)\s{0,9})?\)/

/** A colour in one form; null for what is none. */
function colour(value: string): string | null {
  const plain = value.slice(0, MOST_COLOUR).toLowerCase().replace(' !important', '')
  if (plain.startsWith('transparent')) return CLEAR
  // Old pages leave the sign out.
  const hex = /(?:#|^(?=[0-9a-f]{6}$))([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-f])/.exec(plain)?.[1]
  if (hex) return ofHex(hex)
  const [, by, ...parts] = MADE.exec(plain) ?? []
  if (by) return ofParts(by, parts)
  const name = /^[a-z]+/.exec(plain)?.[0] ?? ''
  return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? null) : null
}

/** Three or six figures, or one or two more for how much shines through. */
function ofHex(hex: string): string | null {
  const whole = hex.length <= 4 ? [...hex].map((one) => one + one).join('') : hex
  const shine = whole.slice(6)
  if (shine === '') return `#${whole}`
  return seen(`#${whole.slice(0, 6)}`, Number.parseInt(shine, 16) / 255)
}

function ofParts(by: string, [a = '', b = '', c = '', shine = '1']: readonly (string | undefined)[]) {
  const rgb = by === 'rgb' ? [a, b, c].map((one) => partOf(one, 255)) : ofHsl(turnOf(a), partOf(b), partOf(c))
  const figures = rgb.map((one) =>
    Math.round(Math.min(255, Math.max(0, one)))
      .toString(16)
      .padStart(2, '0'),
  )
  return seen(`#${figures.join('')}`, partOf(shine, 1))
}

/** What is seen through in part has the colour of what lies behind it, too. */
const seen = (whole: string, share: number): string | null =>
  share <= FAINT ? CLEAR : share >= 1 ? whole : null

/** A figure as it is, or per cent of `whole`. */
const partOf = (said: string, whole = 100): number =>
  said.endsWith('%') ? (Number.parseFloat(said) / 100) * whole : Number.parseFloat(said)

const TURNS: Readonly<Record<string, number>> = { turn: 360, rad: 180 / Math.PI }
const turnOf = (said: string): number =>
  Number.parseFloat(said) * (TURNS[/[a-z]{1,4}$/.exec(said)?.[0] ?? ''] ?? 1)

/** Red, green and blue of a place on the circle of colours, and per cent of how strong and how light it is. */
function ofHsl(turn: number, strong: number, light: number): number[] {
  const [s, l] = [Math.min(100, strong) / 100, Math.min(100, light) / 100]
  return [0, 8, 4].map((n) => {
    const k = (((n + turn / 30) % 12) + 12) % 12
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
  })
}

/** Steps of red, green and blue by which nobody tells two colours apart. */
const NO_STEP = 6

/** Whether nobody tells one colour from the other. */
export function isSame(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false
  if (!one.startsWith('#') || !other.startsWith('#')) return false
  return [1, 3, 5].every(
    (at) =>
      Math.abs(Number.parseInt(one.slice(at, at + 2), 16) - Number.parseInt(other.slice(at, at + 2), 16)) <=
      NO_STEP,
  )
}
