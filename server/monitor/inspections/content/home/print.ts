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
  const words = shinglesOf(parsed.text.slice(0, MOST_TEXT))
  const build = new Set<string>()
  for (const { tag, attributes, parent } of parsed.elements.slice(0, MOST_ELEMENTS)) {
    const name = attributes.class ?? attributes.id
    if (name) build.add(`${parent?.tag} ${tag} ${name}`)
  }
  return { words: smallest(words), build: smallest(build) }
}

function shinglesOf(text: string): Set<string> {
  const said = text.replace(/[\s\d\p{P}]+/gu, '')
  const shingles = new Set<string>()
  for (let at = 0; at + SHINGLE <= said.length; at++) shingles.add(said.slice(at, at + SHINGLE))
  return shingles
}

/** Whether a page had a text already, as far as its print knows: half of what it would have kept of it. */
export function hadText({ words }: HomePrint, text: string): boolean {
  const most = words.length < KEPT ? Number.POSITIVE_INFINITY : (words.at(-1) ?? 0)
  const wouldKeep = [...shinglesOf(text)].map(hash32).filter((hash) => hash <= most)
  const had = new Set(words)
  return wouldKeep.length > 0 && wouldKeep.filter((hash) => had.has(hash)).length * 2 >= wouldKeep.length
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
export const saysSomething = ({ words }: Pick<HomePrint, 'words'>): boolean => words.length >= LEAST

/** What several are known by together: the smallest of their hashes. */
export function smallest(some: ReadonlySet<string>, most = KEPT): number[] {
  return [...some]
    .map(hash32)
    .sort((a, b) => a - b)
    .slice(0, most)
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
