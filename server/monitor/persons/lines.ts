/*
 * A text by its lines; rows of a table know what stands above them.
 */

export interface Line {
  readonly text: string
  /** It has cells. */
  readonly isRow: boolean
  /** The first row of its table, and the cells of that; empty for a line that is none, and for pieces of a line. */
  readonly heading: string
  readonly headings: readonly string[]
  /** What is said above: the line before, of a row the two before its table; cut to its end. */
  readonly above: string
  /** Where it begins in the text, and where the table begins of which it is a row. */
  readonly at: number
  readonly table: number
}

const MOST_ABOVE = 80
/** Nobody writes a longer line, and no table has a longer heading: what is longer is read in pieces. */
const MOST_LINE = 4_000
/** Between two numbers. */
const NO_NUMBER = /[^\d\p{L}]/u

/** @param text blocks parted by line ends, cells of a table by tabs */
export function* linesOf(text: string): Generator<Line> {
  let heading = ''
  let headings: readonly string[] = []
  let above: string[] = []
  let table = 0
  for (const { line, at, isWhole } of piecesOf(text)) {
    if (line.trim() === '') continue
    const isRow = line.trim().includes('\t')
    if (isRow && isWhole && heading === '') [heading, headings, table] = [line, line.split('\t'), at]
    if (!isRow || !isWhole) [heading, headings] = ['', []]
    yield { text: line, isRow, heading, headings, above: above.join('\n'), at, table }
    if (!isRow) above = [...above, line.slice(-MOST_ABOVE)].slice(-2)
  }
}

interface Piece {
  readonly line: string
  readonly at: number
  readonly isWhole: boolean
}

/** The lines of a text; long ones in pieces, none of which ends within a number. */
function* piecesOf(text: string): Generator<Piece> {
  let begin = 0
  for (const line of text.split('\n')) {
    let from = 0
    while (line.length - from > MOST_LINE) {
      let to = from + MOST_LINE
      while (to > from + MOST_LINE / 2 && !NO_NUMBER.test(line.charAt(to))) to--
      yield { line: line.slice(from, to), at: begin + from, isWhole: false }
      from = to
    }
    yield { line: from === 0 ? line : line.slice(from), at: begin + from, isWhole: from === 0 }
    begin += line.length + 1
  }
}

/** The column in which a place of a row stands. */
export function columnOf(text: string, place: number): number {
  let column = 0
  for (let at = text.indexOf('\t'); at >= 0 && at < place; at = text.indexOf('\t', at + 1)) column++
  return column
}
