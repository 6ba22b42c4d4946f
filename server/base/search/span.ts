import { isLetters } from './pieces.ts'
import { pinyin } from './pinyin.ts'

/** From which sign to before which of a name. */
export type Span = readonly [from: number, to: number]

/**
 * Where in a name stands what was typed: as it is, or as its pinyin, whole or by initials; null where it was found by
 * something else.
 */
export function spanOf(name: string, typed: string): Span | null {
  const at = name.toLowerCase().indexOf(typed.toLowerCase())
  if (at >= 0) return [at, at + typed.length]
  if (!isLetters(typed)) return null
  const letters = typed.toLowerCase().replace(/[\s']/g, '')
  // One syllable for each sign, so that a place among them is a place in the name.
  const signs = pinyin(name, { toneType: 'none', type: 'all', v: true }).map(
    ({ origin, isZh, pinyin: said }) => ({
      length: origin.length,
      said: (isZh ? said : origin).toLowerCase().replace(/[^a-z0-9]/g, ''),
    }),
  )
  return (
    spanIn(
      signs.map((one) => ({ ...one, said: one.said.charAt(0) })),
      letters,
    ) ?? spanIn(signs, letters)
  )
}

function spanIn(signs: readonly { length: number; said: string }[], letters: string): Span | null {
  const at = signs
    .map(({ said }) => said)
    .join('')
    .indexOf(letters)
  if (at < 0) return null
  let [read, place, from] = [0, 0, -1]
  for (const { said, length } of signs) {
    if (from < 0 && said !== '' && read + said.length > at) from = place
    read += said.length
    place += length
    if (read >= at + letters.length) break
  }
  return [from, place]
}
