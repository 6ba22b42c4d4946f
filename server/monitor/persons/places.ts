import { ofUnits } from '../../../shared/base/text.ts'
import type { Steps } from '../../base/slices.ts'
import { coversIn } from './find.ts'
import type { Cover } from './mask.ts'

/*
 * Where a text as it was put together, blanks and all, names persons.
 */

/** Characters of a page that are looked through: of a longer one the rest is not shown, nor is a picture of it. */
export const MOST_TEXT = 300_000
/** Signs that are looked at in one step. */
const STEP = 20_000
const [TAB, LINE, SPACE] = [0x09, 0x0a, 0x20]

/**
 * What of a text is to be covered, from its beginning to its end; what overlaps is one.
 * @param raw blocks parted by line ends, cells of a table by tabs, all other white space as blanks
 * @param today the local day, YYYY-MM-DD
 */
export function* placesIn(raw: string, today: string): Steps<Cover[]> {
  const { text, at } = yield* inWords(raw)
  const covers = yield* coversIn(text, today)
  const places = covers.map(({ from, to, by }) => ({ from: at[from] ?? 0, to: (at[to - 1] ?? 0) + 1, by }))
  const apart: Cover[] = []
  for (const place of places.sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1)
    if (last && place.from < last.to) apart[apart.length - 1] = { ...last, to: Math.max(last.to, place.to) }
    else apart.push(place)
  }
  return apart
}

/**
 * A text as it is read, with single blanks and none at ends of lines and cells, without empty lines, and where each of its signs stood.
 */
function* inWords(raw: string): Steps<{ readonly text: string; readonly at: Int32Array }> {
  const units = new Uint16Array(raw.length)
  const at = new Int32Array(raw.length)
  let length = 0
  for (let from = 0; from < raw.length; from++) {
    if (from % STEP === 0) yield
    const unit = raw.charCodeAt(from)
    const before = length > 0 ? units[length - 1] : LINE
    if (unit === SPACE && (before === LINE || before === TAB || before === SPACE)) continue
    if (unit === LINE && before === LINE) continue
    if ((unit === LINE || unit === TAB) && before === SPACE) length--
    at[length] = from
    units[length++] = unit
  }
  return { text: ofUnits(units.subarray(0, length)), at: at.subarray(0, length) }
}
