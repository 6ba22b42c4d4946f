import { type ComputedRef, computed, onBeforeUnmount, onMounted, shallowReactive } from 'vue'

/** In the order in which they are listed. */
export const SECTIONS = ['commands', 'views', 'pages', 'alerts', 'sites'] as const
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

/** Entries of the pages that are open, beside those that are there on every page. */
const sources = shallowReactive(new Set<() => readonly Entry[]>())
export const pageEntries: ComputedRef<readonly Entry[]> = computed(() =>
  [...sources].flatMap((source) => source()),
)

/** Gives the palette entries while the page is open. */
export function usePaletteEntries(source: () => readonly Entry[]): void {
  onMounted(() => sources.add(source))
  onBeforeUnmount(() => sources.delete(source))
}
