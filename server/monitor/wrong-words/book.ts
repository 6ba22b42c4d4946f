import { createHash } from 'node:crypto'
import { foldSigns } from '../../../shared/base/signs.ts'
import type { WordKind } from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import { CONTEXT } from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import type { Steps } from '../../base/slices.ts'
import { type AutomatonTables, buildAutomaton, searchIn } from './automaton.ts'

/* A dictionary ready to be looked for; it can be sent to threads, which share it. */

/** What a book is made of. */
export interface BookWord {
  readonly id: number
  readonly kind: WordKind
  readonly wrong: string
  readonly right: string
  readonly near: readonly string[]
  readonly apart: readonly string[]
  /** Surroundings in which it is right, on whichever site (`placeOf`). */
  readonly refused: readonly string[]
}

export interface Book {
  /** Of the dictionary, and of what is refused for all: of another one it is another. */
  readonly revision: string
  readonly automaton: AutomatonTables
  /** The words as JSON one behind the other, and where each begins. */
  readonly words: Uint8Array
  readonly begins: Int32Array
}

/** A wrong word where it stands in a text. */
export interface WrongPlace {
  readonly word: BookWord
  readonly from: number
  readonly to: number
  readonly before: string
  readonly after: string
  /** What it is known again by: the word with what stands around it, wherever that is published. */
  readonly place: string
}

/** Places that are told of one text. */
const MOST_PLACES = 200
const AT_ONCE = 200
/** Characters on each side that a place is known by. */
const KNOWN_BY = 12

/** Text as it is compared: letters small, full-width signs plain, blanks within Chinese left out by the caller. */
export const folded = (text: string): string => foldSigns(text).toLowerCase()

export function* buildBook(revision: string, words: readonly BookWord[]): Steps<Book> {
  const automaton = yield* buildAutomaton(words.map(({ wrong }) => folded(wrong)))
  const parts: Uint8Array[] = []
  const begins = new Int32Array(new SharedArrayBuffer(4 * (words.length + 1)))
  let length = 0
  for (const [at, word] of words.entries()) {
    const part = new TextEncoder().encode(JSON.stringify(word))
    parts.push(part)
    length += part.length
    begins[at + 1] = length
    if (at % AT_ONCE === 0) yield
  }
  const all = new Uint8Array(new SharedArrayBuffer(Math.max(1, length)))
  for (const [at, part] of parts.entries()) {
    all.set(part, begins[at])
    if (at % AT_ONCE === 0) yield
  }
  return { revision, automaton, words: all, begins }
}

/**
 * The wrong words of a text, in their order. One that is part of its own right form is none, nor one without the context that
 * it asks for, nor one that is right there; where two overlap, the longer counts.
 * @param text blocks parted by line ends: context is looked for within the block
 * @param isRight whether it is at a place, by whom this text concerns; as the book has it if that says nothing
 */
export function wrongPlaces(
  book: Book,
  text: string,
  isRight: (place: string) => boolean | undefined = () => undefined,
): WrongPlace[] {
  const line = withoutGaps(text)
  const plain = folded(line)
  const hits: { place: number; from: number; to: number }[] = []
  searchIn(book.automaton, plain, (place, to) => {
    const length = wordAt(book, place).wrong.length
    hits.push({ place, from: to - length, to })
    return hits.length >= MOST_PLACES * 5
  })
  const found: WrongPlace[] = []
  let end = 0
  for (const { place, from, to } of longestFirst(hits)) {
    if (from < end || found.length >= MOST_PLACES) continue
    const word = wordAt(book, place)
    if (!isMeant(word, plain, from, to)) continue
    const names = [placeOf(word.wrong, line, from, to), placeBefore(word.wrong, line, from, to)] as const
    // What was found to be wrong keeps the name that it had then.
    const kept = names.find((name) => isRight(name) === false)
    if (kept === undefined && names.some((name) => isRight(name) ?? word.refused.includes(name))) continue
    found.push({ word, from, to, ...around(line, from, to), place: kept ?? names[0] })
    end = to
  }
  return found
}

/** By where they begin, of those that begin together the longest first. */
const longestFirst = (hits: readonly { place: number; from: number; to: number }[]) =>
  [...hits].sort((a, b) => a.from - b.from || b.to - a.to)

function wordAt({ words, begins }: Book, place: number): BookWord {
  // A decoder takes no memory that is shared.
  const bytes = Uint8Array.from(words.subarray(begins[place], begins[place + 1]))
  return JSON.parse(new TextDecoder().decode(bytes)) as BookWord
}

/** Blanks between Chinese characters, and signs that nobody sees, part no word. */
const withoutGaps = (text: string): string =>
  text
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/(?<=\p{Script=Han})[ \u00a0\u3000]{1,3}(?=\p{Script=Han})/gu, '')

const LATIN = /[a-z0-9]/

function isMeant({ right, near, apart, wrong }: BookWord, plain: string, from: number, to: number): boolean {
  if (LATIN.test(plain[from] ?? '') && LATIN.test(plain[from - 1] ?? '')) return false
  if (LATIN.test(plain[to - 1] ?? '') && LATIN.test(plain[to] ?? '')) return false
  const block = blockAround(plain, from, to)
  if (near.length > 0 && !near.some((word) => block.includes(folded(word)))) return false
  // What must not stand near may hold the word itself: then it must hold this very place.
  return ![right, ...apart].some((word) =>
    standsThere(folded(word), folded(wrong), plain, from, to, word === right, block),
  )
}

function standsThere(
  word: string,
  wrong: string,
  plain: string,
  from: number,
  to: number,
  isRight: boolean,
  block: string,
): boolean {
  if (!word.includes(wrong)) return !isRight && block.includes(word)
  for (let at = word.indexOf(wrong); at >= 0; at = word.indexOf(wrong, at + 1)) {
    if (plain.startsWith(word, from - at) && from - at + word.length >= to) return true
  }
  return false
}

/** What stands around a place within its block. */
function blockAround(text: string, from: number, to: number): string {
  const begin = Math.max(0, from - CONTEXT, text.lastIndexOf('\n', from - 1) + 1)
  const lineEnd = text.indexOf('\n', to)
  return text.slice(begin, Math.min(to + CONTEXT, lineEnd < 0 ? text.length : lineEnd))
}

function around(text: string, from: number, to: number): { before: string; after: string } {
  const block = blockAround(text, from, to)
  const begin = Math.max(0, from - CONTEXT, text.lastIndexOf('\n', from - 1) + 1)
  return { before: block.slice(0, from - begin), after: block.slice(to - begin) }
}

/** A word and what stands right around it in its block, as one name: counters, days and signs beside it make no other. */
export function placeOf(wrong: string, text: string, from: number, to: number): string {
  const { before, after } = around(text, from, to)
  return nameOf(
    wrong,
    `${plainly(before).slice(-KNOWN_BY)}${plainly(wrong)}${plainly(after).slice(0, KNOWN_BY)}`,
  )
}

/** The same as it was until November 2026: by that name people have refused and confirmed, and what they said holds. */
function placeBefore(wrong: string, text: string, from: number, to: number): string {
  const { before, after } = around(text, from, to)
  return nameOf(wrong, plainly(`${before.slice(-KNOWN_BY)}${wrong}${after.slice(0, KNOWN_BY)}`))
}

/** What of a text is neither blank nor digit nor sign. */
const plainly = (text: string): string => text.replace(/[\s\d\p{P}]/gu, '')
const nameOf = (wrong: string, near: string): string =>
  `${wrong}:${createHash('sha1').update(near).digest('base64url').slice(0, 16)}`

/** By what refusals are known again: another text where one has come or was taken back. */
export const refusalsPrint = (keys: readonly string[]): string =>
  keys.length === 0 ? '' : createHash('sha1').update(keys.join('\n')).digest('base64url').slice(0, 12)
