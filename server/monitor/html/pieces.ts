/*
 * The words of a page piece by piece, as one sees them: blocks on lines of their own, cells of a row with U+0009 between them.
 */

/** Behind and before these a word ends. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ' +
    'ol option p section table tbody tfoot thead tr ul'
  ).split(' '),
)

/** Text as it stands in something; null: a block begins or ends, or a cell does. */
export interface Piece<W> {
  readonly text: string
  readonly within: W | null
}

export const BREAK: Piece<never> = { text: '\n', within: null }
const CELL: Piece<never> = { text: '\t', within: null }
/** Paragraphs of a cell. */
const BLANK: Piece<never> = { text: ' ', within: null }
/** Pieces of a cell that is one of data, and not the whole page in a table. */
const MOST_OF_CELL = 40

/** An element begins: what is in it may stand on a line of its own. */
export function beginIn<W>(pieces: Piece<W>[], tag: string): void {
  if (BLOCKS.has(tag)) pieces.push(BREAK)
}

/** An element ends. @param from how many pieces there were when it had begun */
export function endIn<W>(pieces: Piece<W>[], tag: string, from: number): void {
  if (tag === 'td' || tag === 'th') {
    joinCell(pieces, from)
    pieces.push(CELL)
  } else beginIn(pieces, tag)
}

/** Paragraphs of a cell are one. */
function joinCell<W>(pieces: Piece<W>[], from: number): void {
  if (pieces.length - from > MOST_OF_CELL || pieces.indexOf(CELL, from) >= 0) return
  for (let at = from; at < pieces.length; at++) if (pieces[at] === BREAK) pieces[at] = BLANK
}
