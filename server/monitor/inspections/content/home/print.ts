import { createHash } from 'node:crypto'
import type { Parsed } from '../../page/parsed.ts'

/* What a home page is known by: its words and its build, each as the smallest of their hashes (Broder, 1997). */

export interface HomePrint {
  readonly words: readonly number[]
  readonly build: readonly number[]
}

const KEPT = 96
const SHINGLE = 3
const MOST_TEXT = 60_000
const MOST_ELEMENTS = 6_000

export function printOf(parsed: Pick<Parsed, 'text' | 'elements'>): HomePrint {
  const text = parsed.text.slice(0, MOST_TEXT).replace(/[\s\d\p{P}]+/gu, '')
  const words = new Set<string>()
  for (let at = 0; at + SHINGLE <= text.length; at++) words.add(text.slice(at, at + SHINGLE))
  const build = new Set<string>()
  for (const { tag, attributes, parent } of parsed.elements.slice(0, MOST_ELEMENTS)) {
    const name = attributes.class ?? attributes.id
    if (name) build.add(`${parent?.tag} ${tag} ${name}`)
  }
  return { words: smallest(words), build: smallest(build) }
}

/** How much two have in common, from 0 to 1; null where one of them has next to nothing. */
export function likeness(a: readonly number[], b: readonly number[]): number | null {
  if (a.length < LEAST || b.length < LEAST) return null
  const [others, union] = [new Set(b), [...new Set([...a, ...b])].sort((x, y) => x - y).slice(0, KEPT)]
  const mine = new Set(a)
  return union.filter((one) => mine.has(one) && others.has(one)).length / union.length
}

/** Less says nothing of a page. */
const LEAST = 8

function smallest(some: ReadonlySet<string>): number[] {
  return [...some]
    .map(hash32)
    .sort((a, b) => a - b)
    .slice(0, KEPT)
}

const hash32 = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash ^= hash >>> 15
  return Math.imul(hash, 0x2c1b3c6d) >>> 0
}

/** A print as one name. */
export const nameOf = ({ words, build }: HomePrint): string =>
  createHash('sha1')
    .update([...words, ...build].join())
    .digest('base64url')
    .slice(0, 12)
