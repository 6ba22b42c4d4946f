import { readFileSync } from 'node:fs'
import { decodePage } from '../../../server/monitor/read/page/decode.ts'
import { OWN_REF } from '../../monitor/read/own-pages/kit.ts'
import { hasLabelledPages, LABELLED_PAGES } from '../../monitor/read/own-pages/labelled-pages.ts'
import { FAMILY_PAGES, OWN_PAGES } from '../../monitor/read/own-pages/pages.ts'

/** A labelled page: its text, and the newest publish date as a person reads it; null: none is shown. */
export interface Source {
  readonly name: string
  readonly kind: 'home' | 'list' | 'article'
  readonly gold: string | null
  /** Local day that counts as today. */
  readonly ref: string
  readonly html: string
  readonly url?: string
}

/** A changed copy of a page with what is true of it; what is not said is as it was. */
export interface Copy {
  readonly html?: string
  readonly bytes?: Buffer
  readonly gold?: string | null
  readonly ref?: string
  /** To say that the page could not be read is right too. */
  readonly mayBeUnreadable?: boolean
}

/** A way of changing a page whose effect on the truth is known; null: it says nothing of this page. */
export interface Change {
  readonly name: string
  apply(source: Source, random: Random): Copy | null
}

/** From 0 up to 1, the same at every run. */
export type Random = () => number

/** The labelled pages of real sites where they are at hand, and the pages of our own. */
export function sources(): Source[] {
  return [...material(), ...own()]
}

function material(): Source[] {
  if (!hasLabelledPages) return []
  const rows = JSON.parse(readFileSync(`${LABELLED_PAGES}manifest.json`, 'utf8')) as (Source & {
    file: string
  })[]
  return rows.map(({ file, kind, gold, ref }) => {
    const { text } = decodePage(readFileSync(`${LABELLED_PAGES}${file}`), undefined)
    return { name: file, kind, gold, ref, html: text }
  })
}

function own(): Source[] {
  return [...OWN_PAGES, ...FAMILY_PAGES].map((page) => ({
    name: `own: ${page.name}`,
    kind: page.kind,
    gold: page.gold,
    ref: page.ref ?? OWN_REF,
    html: page.html('utf-8'),
    ...(page.url === undefined ? {} : { url: page.url }),
  }))
}

/** A number of 32 bits for a text. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0
  // The last characters alone would decide the low bits.
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0
  return (value ^ (value >>> 12)) >>> 0
}

/** Numbers that follow from `seed` alone (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of several. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T
}
