import { cut } from '../../../shared/base/text.ts'
import type { DiffLine } from '../../../shared/monitor/freshness/evidence.ts'
import type { Steps } from '../../base/slices.ts'
import type { Visitor } from '../html/walk.ts'
import { walkCovered } from './covered.ts'

/** What a visitor does not read. */
const MUTE = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg', 'title'])
const INLINE = new Set(
  'a abbr b big cite code em font i label mark s small span strong sub sup u var'.split(' '),
)
const MAX_LINES = 4_000
const MAX_LINE = 300
/** Steps of the comparison at most; beyond it, lines are matched without their order. */
const MAX_CELLS = 4_000_000
const CONTEXT = 2

/**
 * The text of a page as its visitors read it, line by line, without empty lines, and with persons covered; at most 4,000.
 * @param today the local day of the page
 */
export function* textLines(html: string, today: string): Steps<string[]> {
  const lines: string[] = []
  let line = ''
  let muted = 0
  const end = () => {
    const text = line.replace(/\s+/g, ' ').trim()
    if (text && lines.length < MAX_LINES) lines.push(cut(text, MAX_LINE))
    line = ''
  }
  const visitor: Visitor = {
    get isOver() {
      return lines.length >= MAX_LINES
    },
    open(name) {
      if (MUTE.has(name)) muted++
      if (!INLINE.has(name)) end()
    },
    text(text) {
      // More than is shown, so that blanks at the beginning take nothing away.
      if (muted === 0 && line.length < 100 * MAX_LINE) line += text
    },
    close(name) {
      if (MUTE.has(name)) muted--
      if (!INLINE.has(name)) end()
      else line += ' '
    },
  }
  yield* walkCovered(html, visitor, { today, unread: MUTE })
  end()
  return lines
}

/** Every line of both, marked as removed from `before`, added in `after`, or in both. */
export function compareLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const shortest = Math.min(before.length, after.length)
  let head = 0
  while (head < shortest && before[head] === after[head]) head++
  let tail = 0
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const middle = compareMiddle(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  )
  const same = (text: string): DiffLine => ({ change: 'same', text })
  const rest = after.slice(after.length - tail)
  return [...after.slice(0, head).map(same), ...middle, ...rest.map(same)]
}

function compareMiddle(before: readonly string[], after: readonly string[]): DiffLine[] {
  if (before.length * after.length > MAX_CELLS) return compareSets(before, after)
  const lengths = commonLengths(before, after)
  const width = after.length + 1
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    const [old = '', next = ''] = [before[i], after[j]]
    const isBoth = i < before.length && j < after.length
    if (isBoth && old === next) {
      lines.push({ change: 'same', text: old })
      i++
      j++
    } else if (
      j >= after.length ||
      (isBoth && at(lengths, (i + 1) * width + j) >= at(lengths, i * width + j + 1))
    ) {
      lines.push({ change: 'removed', text: old })
      i++
    } else {
      lines.push({ change: 'added', text: next })
      j++
    }
  }
  return lines
}

/** Length of the longest common subsequence of every pair of ends, row by row. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint16Array {
  const width = after.length + 1
  const lengths = new Uint16Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        before[i] === after[j]
          ? at(lengths, (i + 1) * width + j + 1) + 1
          : Math.max(at(lengths, (i + 1) * width + j), at(lengths, i * width + j + 1))
    }
  }
  return lengths
}

const at = (lengths: Uint16Array, index: number): number => lengths[index] ?? 0

function compareSets(before: readonly string[], after: readonly string[]): DiffLine[] {
  const [old, next] = [new Set(before), new Set(after)]
  const removed = before
    .filter((text) => !next.has(text))
    .map((text): DiffLine => ({ change: 'removed', text }))
  return [...removed, ...after.map((text): DiffLine => ({ change: old.has(text) ? 'same' : 'added', text }))]
}

/** The changed lines, with two unchanged ones around each; an empty unchanged line stands for what is left out. */
export function withContext(lines: readonly DiffLine[]): DiffLine[] {
  const isNear = new Uint8Array(lines.length)
  lines.forEach((line, index) => {
    if (line.change === 'same') return
    isNear.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1)
  })
  return lines.flatMap((line, index): DiffLine[] => {
    if (isNear[index]) return [line]
    return index > 0 && isNear[index - 1] ? [{ change: 'same', text: '' }] : []
  })
}
