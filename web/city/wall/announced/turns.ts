import { SECOND } from '../../../../shared/base/time.ts'
import { textWidth } from '../plan/sizes.ts'

/** So long what is announced stands before the next takes its place. */
export const TURN_MS = 20 * SECOND
/** Lengths in design pixels, as the style sheet has them: two lines stand one above the other in a wall's foot. */
const SIZE = 26
const LINES = 2
/** How wide it is: beside the ticker, and alone. */
const ROOM = { beside: 1280, whole: 1920 } as const
/** The edge and the paddings; the gap between label, text and who says it. */
const EDGES = 56
const GAP = 20

export interface Said {
  readonly text: string
  readonly label: string
  /** Who says it and until when. */
  readonly by: string
}

export interface Turn<T> {
  /** What stands there together. */
  readonly said: readonly T[]
  /** There is room for who says it. */
  readonly isSigned: boolean
  /** Its words are broken anywhere, as it would not be whole otherwise. */
  readonly isTight: boolean
}

export interface Turns<T> {
  readonly turns: readonly Turn<T>[]
  /** Nothing else has room in the foot. */
  readonly isWhole: boolean
}

/**
 * Whether a text can be read whole in so many lines.
 * @param beside what stands beside it in the foot of such a width.
 */
function hasRoom(text: string, beside: readonly string[], width: number, lines: number): boolean {
  const taken = beside.reduce((sum, one) => sum + textWidth(one, SIZE) + GAP, EDGES)
  const ragged = (lines - 1) * (2 * SIZE + longestWord(text))
  return textWidth(text, SIZE) + ragged <= (width - taken) * lines
}

/** What no line is broken in goes to the next whole, and leaves so much of the line before empty. */
function longestWord(text: string): number {
  const words = text.match(/[!-\u2e80]+/g) ?? []
  return Math.max(0, ...words.map((word) => textWidth(word, SIZE)))
}

/**
 * In what turns things are announced so that each can be read whole: beside the ticker if all of them have room there,
 * two that need one line each together, and any other alone.
 */
export function turnsOf<T extends Said>(all: readonly T[]): Turns<T> {
  const isWhole = all.some(({ text, label }) => !hasRoom(text, [label], ROOM.beside, LINES))
  const width = isWhole ? ROOM.whole : ROOM.beside
  const isShort = ({ text, label }: T): boolean => hasRoom(text, [label], width, 1)
  const together: T[][] = []
  for (const one of all) {
    const last = together.at(-1)
    if (last && last.length < LINES && [...last, one].every(isShort)) last.push(one)
    else together.push([one])
  }
  const turns = together.map((said) => ({
    said,
    isSigned: said.every(({ text, label, by }) =>
      hasRoom(text, [label, by], width, said.length > 1 ? 1 : LINES),
    ),
    isTight: said.some(({ text, label }) => !hasRoom(text, [label], width, LINES)),
  }))
  return { turns, isWhole }
}
