import { atOnce } from '../../../base/slices.ts'
import { MUTE } from '../../html/mute.ts'
import { walk } from '../../html/walk.ts'
import { clean } from '../../read/page/text.ts'

/** What begins a line of its own. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body br caption dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr legend li ' +
    'main nav ol p section table tbody td tfoot th thead tr ul'
  ).split(' '),
)
const MOST_LINES = 5_000

/** All lines of a page, those too that only a click brings to sight: guides lay their parts behind one another. */
export function linesOf(html: string): string[] {
  const lines: string[] = []
  let [line, mute] = ['', 0]
  const end = () => {
    const text = clean(line)
    if (text !== '' && lines.length < MOST_LINES) lines.push(text)
    line = ''
  }
  atOnce(
    walk(html, {
      open(name) {
        if (MUTE.has(name)) mute++
        if (BLOCKS.has(name)) end()
      },
      text(text) {
        if (mute === 0) line += text
      },
      close(name) {
        if (MUTE.has(name)) mute--
        if (BLOCKS.has(name)) end()
      },
    }),
  )
  end()
  return lines
}
