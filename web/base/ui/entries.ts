import type { ComputedRef } from 'vue'
import { makePageRegistry } from './page-registry.ts'

/** In the order in which they are listed; what a search of the server finds comes after them. */
export const SECTIONS = ['commands', 'views', 'pages'] as const
export type Section = (typeof SECTIONS)[number]

/** Something that the palette can do. */
export interface Entry {
  readonly key: string
  readonly section: Section
  readonly name: string
  /** What else it is found by, and what stands beside it. */
  readonly more: string
  /** The key that does the same. */
  readonly keys?: string
  run(): void
}

const registry = makePageRegistry<Entry>()
/** Entries of the pages that are open, beside those that are there on every page. */
export const pageEntries: ComputedRef<readonly Entry[]> = registry.all
/** Gives the palette entries while the page is open. */
export const usePaletteEntries = registry.use
