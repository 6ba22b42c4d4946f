import type { Frame, JSHandle } from 'playwright-core'
import { inSlices } from '../../../base/slices.ts'
import { MOST_TEXT, placesIn } from '../../persons/places.ts'

/*
 * Numbers of persons on a page, and the names beside them, are covered by bars before it is pictured. Nobody reads them out of a picture:
 * what stood there is replaced, and what replaces it is as long, so that the page stays as it was.
 */

/** Times that a page is covered: one that writes again what is covered is not pictured. */
const MOST_TIMES = 2

/** From where to where something stands. */
type Place = readonly [from: number, to: number]

/**
 * Covers what all frames of a page say of persons.
 * @param today the local day, YYYY-MM-DD
 * @returns false: it could not be covered
 */
export const coverPersons = (frames: readonly Frame[], today: string): Promise<boolean> =>
  everyIn(frames, (frame) => coverIn(frame, today, MOST_TIMES))

/** Whether nothing of persons has come to stand open since they were covered: a page may write itself anew at any time. */
export const staysCovered = (frames: readonly Frame[], today: string): Promise<boolean> =>
  everyIn(frames, (frame) => coverIn(frame, today, 0))

/** One that went meanwhile shows nothing. */
async function everyIn(
  frames: readonly Frame[],
  isCovered: (frame: Frame) => Promise<boolean>,
): Promise<boolean> {
  for (const frame of frames) {
    if (!(await isCovered(frame).catch(() => frame.isDetached()))) return false
  }
  return true
}

async function coverIn(frame: Frame, today: string, mostTimes: number): Promise<boolean> {
  for (let n = 0; n <= mostTimes; n++) {
    const words = await frame.evaluateHandle(WORDS, MOST_TEXT)
    try {
      const places = await placesOn(words, today)
      if (places === null) return false
      if (places.length === 0) return true
      if (n < mostTimes) await words.evaluate(BARS, places)
    } finally {
      await words.dispose().catch(() => {})
    }
  }
  return false
}

type Words = ReturnType<typeof wordsNow>

/** Whoever runs the program from its sources gives functions names by one that no page has: it has to be in their text. */
const withNames = <A, B, R>(run: (a: A, b: B) => R): ((a: A, b: B) => R) =>
  new Function('a', 'b', `const __name = (one) => one; return (${run})(a, b)`) as (a: A, b: B) => R

/** The last first. Null: the page is too long, or says something else than words. */
async function placesOn(words: JSHandle<Words>, today: string): Promise<Place[] | null> {
  const said: unknown = await words.evaluate(({ text }) => text)
  if (typeof said !== 'string' || said.length > MOST_TEXT) return null
  const places = await inSlices(placesIn(said, today))
  return places.map(({ from, to }): Place => [from, to]).reverse()
}

/**
 * Run in the page, as a function of its own text: its words as one sees them, blocks on lines of their own and cells of a row with
 * U+0009 between them, and what each piece of them stands in.
 */
function wordsNow(most: number) {
  const pieces: { text: string; readonly node: Node | null }[] = []
  /** More pieces than a cell of data has: it holds the whole page. */
  const MOST_OF_CELL = 40
  let length = 0
  const put = (text: string, node: Node | null) => {
    if (length > most) return
    length += text.length
    pieces.push({ text: node ? text.replace(/\s/g, ' ') : text, node })
  }
  const joinCell = (from: number) => {
    if (pieces.length - from > MOST_OF_CELL) return
    for (let at = from; at < pieces.length; at++) if (pieces[at]?.text === '\t') return
    for (let at = from; at < pieces.length; at++) {
      const piece = pieces[at]
      if (piece?.text === '\n' && piece.node === null) piece.text = ' '
    }
  }
  const enter = (element: Element): void => {
    if (/^(?:script|style|noscript|template|iframe|frame)$/i.test(element.tagName)) return
    const { display } = getComputedStyle(element)
    if (display === 'none') return
    const isCell = display === 'table-cell'
    const isBlock = !isCell && !/^(?:inline|contents|ruby)/.test(display)
    const from = pieces.length
    if (isBlock || element.tagName === 'BR') put('\n', null)
    if (element instanceof HTMLInputElement) {
      if (!/^(?:password|hidden|checkbox|radio|file|image)$/.test(element.type))
        put(`${element.value} `, element)
    } else if (element instanceof HTMLTextAreaElement) put(element.value, element)
    else {
      if (element.shadowRoot) within(element.shadowRoot)
      within(element)
    }
    if (isCell) {
      joinCell(from)
      put('\t', null)
    } else if (isBlock) put('\n', null)
  }
  const within = (parent: Node): void => {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (length > most) return
      if (node instanceof Text) put(node.data, node)
      else if (node instanceof Element) enter(node)
    }
  }
  if (document.documentElement) enter(document.documentElement)
  return { text: pieces.map(({ text }) => text).join(''), pieces }
}

/** Run in the page: what stands at these places, the last first, is replaced, and a bar laid over it. */
function barsOver({ pieces }: Words, places: readonly Place[]): void {
  const starts: number[] = []
  let length = 0
  for (const { text } of pieces) {
    starts.push(length)
    length += text.length
  }
  const plain = (text: string) => text.replace(/[^\s\x20-\x7e]/g, '\u56fd').replace(/[!-~]/g, '0')
  const bar = (node: Text, from: number, to: number) => {
    const { parentElement: parent } = node
    if (!(parent instanceof HTMLElement) || parent.tagName === 'OPTION') {
      node.data = node.data.slice(0, from) + '*'.repeat(to - from) + node.data.slice(to)
      return
    }
    const part = node.splitText(from)
    part.splitText(to - from)
    const span = document.createElement('span')
    const black = ['background', 'color', '-webkit-text-fill-color'].map((name) => `${name}:#000!important`)
    span.style.cssText = `${black.join(';')};text-shadow:none!important;display:inline!important;position:static!important`
    part.replaceWith(span)
    part.data = plain(part.data)
    span.append(part)
  }
  let at = pieces.length - 1
  for (const [from, to] of places) {
    while (at > 0 && (starts[at] ?? 0) >= to) at--
    for (let one = at; one >= 0; one--) {
      const start = starts[one] ?? 0
      const { node = null, text = '' } = pieces[one] ?? {}
      if (start + text.length <= from && text !== '') break
      const [begin, end] = [Math.max(0, from - start), Math.min(text.length, to - start)]
      if (begin >= end) continue
      if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement)
        node.value = node.value.slice(0, begin) + '*'.repeat(end - begin) + node.value.slice(end)
      else if (node instanceof Text) bar(node, begin, Math.min(end, node.data.length))
    }
  }
}

const WORDS = withNames<number, undefined, Words>(wordsNow) as (most: number) => Words
const BARS = withNames(barsOver)
