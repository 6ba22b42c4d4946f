import { inSlices, type Steps } from '../../base/slices.ts'
import { MUTE } from '../html/mute.ts'
import { walk } from '../html/walk.ts'
import { decodePage } from '../read/page/decode.ts'
import { clean } from '../read/page/text.ts'
import type { Asked } from '../visit/ask.ts'
import type { ScriptOnPage } from './grade/integrity.ts'

/** What is looked at of a page: its scripts, its own policies, and its words, by which it is known again. */
export interface PageSeen {
  readonly scripts: readonly ScriptOnPage[]
  readonly metaCsp: readonly string[]
  readonly text: string
}

const MOST_TEXT = 20_000
const MOST_SCRIPTS = 200
/** Policies of a page, and characters of one: more than any header takes. */
const MOST_POLICIES = 20
const MOST_POLICY = 20_000
/** Characters that are compared together: long enough that two pages have few by chance. */
const SHINGLE = 6

/** Looks at a page that came. */
export const lookAt = ({ body, headers }: Asked): Promise<PageSeen> =>
  inSlices(seenOn(decodePage(body ?? new Uint8Array(), headers['content-type']).text))

function* seenOn(html: string): Steps<PageSeen> {
  const scripts: ScriptOnPage[] = []
  const metaCsp: string[] = []
  const words: string[] = []
  let [length, mute] = [0, 0]
  yield* walk(html, {
    open(name, attributes) {
      if (MUTE.has(name)) mute++
      if (name === 'script' && attributes.src && scripts.length < MOST_SCRIPTS) {
        scripts.push({ src: attributes.src.trim(), hasIntegrity: Boolean(attributes.integrity) })
      }
      const isPolicy = attributes['http-equiv']?.toLowerCase() === 'content-security-policy'
      if (name === 'meta' && isPolicy && metaCsp.length < MOST_POLICIES) {
        metaCsp.push((attributes.content ?? '').slice(0, MOST_POLICY))
      }
    },
    text(text) {
      if (mute > 0 || length > MOST_TEXT) return
      words.push(text)
      length += text.length
    },
    close(name) {
      if (MUTE.has(name)) mute--
    },
  })
  return { scripts, metaCsp, text: clean(words.join(' '), MOST_TEXT) }
}

/**
 * How much of two pages is the same, 0 to 1: figures are left out, as counters and clocks are never the same.
 * Two pages without words are the same.
 */
export function sameness(one: string, other: string): number {
  const [a, b] = [shingles(one), shingles(other)]
  if (a.size === 0 && b.size === 0) return 1
  let both = 0
  for (const piece of a) if (b.has(piece)) both++
  return both / (a.size + b.size - both)
}

function shingles(text: string): Set<string> {
  const plain = text.replace(/[\d\s]+/g, '')
  const pieces = new Set<string>()
  for (let at = 0; at + SHINGLE <= plain.length; at++) pieces.add(plain.slice(at, at + SHINGLE))
  if (pieces.size === 0 && plain !== '') pieces.add(plain)
  return pieces
}
