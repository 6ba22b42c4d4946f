/*
 * A text by its lines; rows of a table know what stands above them.
 */

export interface Line {
  readonly text: string
  /** It has cells. */
  readonly isRow: boolean
  /** The first row of its table; empty for a line that is none. */
  readonly heading: string
  /** What is said above: the line before, of a row the two before its table; cut to its end. */
  readonly above: string
}

const MOST_ABOVE = 80

/** @param text blocks parted by line ends, cells of a table by tabs */
export function* linesOf(text: string): Generator<Line> {
  let heading = ''
  let above: string[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const isRow = line.trim().includes('\t')
    if (isRow && heading === '') heading = line
    if (!isRow) heading = ''
    yield { text: line, isRow, heading: isRow ? heading : '', above: above.join(' ') }
    if (!isRow) above = [...above, line.slice(-MOST_ABOVE)].slice(-2)
  }
}
