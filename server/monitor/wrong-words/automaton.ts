import type { Steps } from '../../base/slices.ts'

/*
 * Many words in one pass (Aho and Corasick, 1975), in tables of numbers that threads share: a dictionary of 100,000 words is
 * built once and costs a page as much as one of ten.
 */

/** What a search needs; every part can be sent to a thread without a copy. */
export interface AutomatonTables {
  /** Open addressing: state and sign of an edge, and where it leads. */
  readonly edgeOf: Int32Array
  readonly signOf: Uint16Array
  readonly leadsTo: Int32Array
  /** By state: where to go on when there is no edge, the word that ends there + 1, and the next shorter state where one ends. */
  readonly fallback: Int32Array
  readonly word: Int32Array
  readonly shorter: Int32Array
}

/** Words or states of one step of building. */
const AT_ONCE = 200

/** @param words not empty, each once. Their places are what a search tells. */
export function* buildAutomaton(words: readonly string[]): Steps<AutomatonTables> {
  const most = words.reduce((sum, word) => sum + word.length, 1)
  const trie = new Trie(most)
  for (let at = 0; at < words.length; at++) {
    trie.add(words[at] ?? '', at)
    if (at % AT_ONCE === 0) yield
  }
  return yield* trie.finish()
}

class Trie {
  readonly #parent: Int32Array
  readonly #sign: Uint16Array
  readonly #depth: Uint16Array
  readonly #word: Int32Array
  readonly #edges: Edges
  #states = 1

  constructor(most: number) {
    this.#parent = new Int32Array(most)
    this.#sign = new Uint16Array(most)
    this.#depth = new Uint16Array(most)
    this.#word = new Int32Array(most)
    this.#edges = Edges.for(most)
  }

  add(text: string, place: number): void {
    let state = 0
    for (let at = 0; at < text.length; at++) {
      const sign = text.charCodeAt(at)
      let next = this.#edges.get(state, sign)
      if (next === 0) {
        next = this.#states++
        this.#edges.set(state, sign, next)
        this.#parent[next] = state
        this.#sign[next] = sign
        this.#depth[next] = at + 1
      }
      state = next
    }
    this.#word[state] = place + 1
  }

  /** A state falls back to that of its longest end which begins a word; that is known once all shorter ones are. */
  *finish(): Steps<AutomatonTables> {
    const size = this.#states
    const fallback = shared(size)
    const shorter = shared(size)
    const word = shared(size)
    word.set(this.#word.subarray(0, size))
    let done = 0
    for (const state of this.#byDepth()) {
      const parent = this.#parent[state] ?? 0
      const sign = this.#sign[state] ?? 0
      let back = parent === 0 ? -1 : (fallback[parent] ?? 0)
      let to = 0
      while (back >= 0) {
        to = this.#edges.get(back, sign)
        if (to !== 0 || back === 0) break
        back = fallback[back] ?? 0
      }
      fallback[state] = to
      shorter[state] = word[to] !== 0 ? to : (shorter[to] ?? 0)
      if (++done % AT_ONCE === 0) yield
    }
    return { ...this.#edges.tables, fallback, word, shorter }
  }

  #byDepth(): Int32Array {
    const starts = new Int32Array(65_537)
    for (let state = 1; state < this.#states; state++) {
      const depth = (this.#depth[state] ?? 0) + 1
      starts[depth] = (starts[depth] ?? 0) + 1
    }
    for (let depth = 1; depth < starts.length; depth++)
      starts[depth] = (starts[depth] ?? 0) + (starts[depth - 1] ?? 0)
    const order = new Int32Array(this.#states - 1)
    for (let state = 1; state < this.#states; state++) {
      const depth = this.#depth[state] ?? 0
      const place = starts[depth] ?? 0
      order[place] = state
      starts[depth] = place + 1
    }
    return order
  }
}

const shared = (length: number) => new Int32Array(new SharedArrayBuffer(4 * Math.max(1, length)))

type EdgeTables = Pick<AutomatonTables, 'edgeOf' | 'signOf' | 'leadsTo'>

/** Edges by state and sign. No edge leads to the first state: 0 is none. */
class Edges {
  readonly tables: EdgeTables
  readonly #mask: number

  constructor(tables: EdgeTables) {
    this.tables = tables
    this.#mask = tables.edgeOf.length - 1
  }

  static for(most: number): Edges {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, most * 2)))
    const signOf = new Uint16Array(new SharedArrayBuffer(2 * size))
    return new Edges({ edgeOf: shared(size), signOf, leadsTo: shared(size) })
  }

  get(state: number, sign: number): number {
    const { leadsTo } = this.tables
    return leadsTo[this.#place(state, sign)] ?? 0
  }

  set(state: number, sign: number, to: number): void {
    const place = this.#place(state, sign)
    this.tables.edgeOf[place] = state
    this.tables.signOf[place] = sign
    this.tables.leadsTo[place] = to
  }

  #place(state: number, sign: number): number {
    const { edgeOf, signOf, leadsTo } = this.tables
    let place = (Math.imul(state, 0x9e3779b1) ^ Math.imul(sign, 0x85ebca6b)) >>> 0
    place = (place ^ (place >>> 15)) & this.#mask
    while (leadsTo[place] !== 0 && (edgeOf[place] !== state || signOf[place] !== sign))
      place = (place + 1) & this.#mask
    return place
  }
}

/**
 * Tells every word that ends somewhere in a text, longer ones first where several end at once.
 * @param found its place among the words, and the character behind it; true: that is enough
 */
export function searchIn(
  tables: AutomatonTables,
  text: string,
  found: (place: number, end: number) => boolean | undefined,
): void {
  const edges = new Edges(tables)
  const { fallback, word, shorter } = tables
  let state = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    let next = edges.get(state, sign)
    while (next === 0 && state !== 0) {
      state = fallback[state] ?? 0
      next = edges.get(state, sign)
    }
    state = next
    for (let end = word[state] !== 0 ? state : (shorter[state] ?? 0); end !== 0; end = shorter[end] ?? 0) {
      if (found((word[end] ?? 1) - 1, at + 1) === true) return
    }
  }
}
