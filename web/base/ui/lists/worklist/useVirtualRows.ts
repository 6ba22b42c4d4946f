import { type ComputedRef, computed, onBeforeUnmount, onMounted, type Ref, ref, shallowRef, watch } from 'vue'
import { preferences } from '../../../preferences.ts'

export interface Slice {
  readonly start: number
  readonly end: number
}

/** Where the lines of a list stand, in px from its top: rows of one height, heads of groups of another among them. */
export interface Layout {
  readonly count: number
  offset(line: number): number
  /** The line at a height, or the one before or after all. */
  lineAt(px: number): number
}

/** @param heads which lines are heads of groups, ascending. */
export function layoutOf(
  count: number,
  rowPx: number,
  heads: readonly number[] = [],
  headPx = rowPx,
): Layout {
  const offset = (line: number) => line * rowPx + countBelow(heads, line) * (headPx - rowPx)
  return {
    count,
    offset,
    lineAt(px) {
      const end = offset(count)
      if (px < 0 || px >= end) return (px < 0 ? 0 : count) + Math.floor((px < 0 ? px : px - end) / rowPx)
      let [low, high] = [0, count]
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (offset(middle) <= px) low = middle
        else high = middle - 1
      }
      return low
    },
  }
}

/** How many of some ascending numbers are less than `line`. */
function countBelow(ascending: readonly number[], line: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? line) < line) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The lines to draw of a list: those that a window shows, and `beyond` more either way.
 * @param top where the first line stands in the window, px; negative once it has been scrolled past.
 * @param viewport height of the window, px.
 */
export function visibleSlice(top: number, viewport: number, layout: Layout, beyond = 8): Slice {
  const clamp = (line: number) => Math.max(0, Math.min(layout.count, line))
  const start = clamp(layout.lineAt(-top) - beyond)
  return { start, end: Math.max(start, clamp(layout.lineAt(viewport - top - 1) + 1 + beyond)) }
}

export interface VirtualRows {
  readonly slice: Readonly<Ref<Slice>>
  /** Heights (px) that stand for the lines above and below the drawn ones. */
  readonly before: ComputedRef<number>
  readonly after: ComputedRef<number>
  /** Brings a line into view. */
  show(line: number): void
}

/** Until a line has been drawn and measured. */
const FIRST_GUESS_PX = 44

/**
 * Draws only the lines of a long list that can be seen; the page itself scrolls, so that a phone has one
 * scroll bar and not two.
 * @param list the element that holds the lines; those have the attribute `data-row`, heads of groups the class `group`,
 * and all of a kind the same height.
 * @param heads which lines are heads of groups, ascending.
 */
export function useVirtualRows(
  list: Readonly<Ref<HTMLElement | null>>,
  count: () => number,
  heads: () => readonly number[] = () => [],
): VirtualRows {
  const row = ref(FIRST_GUESS_PX)
  const head = ref(FIRST_GUESS_PX)
  const layout = computed(() => layoutOf(count(), row.value, heads(), head.value))
  // As many as a window can hold, so that the first lines need no look at how they lie.
  const slice = shallowRef<Slice>({ start: 0, end: Math.ceil(window.innerHeight / FIRST_GUESS_PX) })

  function measure(): void {
    if (!list.value) return
    // Density and a phone's width change them.
    const heightOf = (line: string) => list.value?.querySelector(line)?.getBoundingClientRect().height
    row.value = heightOf('[data-row]:not(.group)') || row.value
    head.value = heightOf('[data-row].group') || head.value
    const { top } = list.value.getBoundingClientRect()
    const next = visibleSlice(top, window.innerHeight, layout.value)
    if (next.start !== slice.value.start || next.end !== slice.value.end) slice.value = next
  }

  onMounted(() => {
    measure()
    // Capturing: whichever ancestor scrolls.
    document.addEventListener('scroll', measure, { capture: true, passive: true })
    window.addEventListener('resize', measure)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('scroll', measure, { capture: true })
    window.removeEventListener('resize', measure)
  })
  watch([count, heads, list, slice, () => preferences.density], measure, { flush: 'post' })
  return {
    slice,
    before: computed(() => layout.value.offset(slice.value.start)),
    after: computed(() => Math.max(0, layout.value.offset(count()) - layout.value.offset(slice.value.end))),
    show: (line) => scrollTo(list.value, layout.value.offset(line), row.value),
  }
}

/** Scrolls as little as shows the line at `offset` px of the list, clear of the window's edges. */
function scrollTo(list: HTMLElement | null, offset: number, height: number): void {
  if (!list) return
  const margin = height * 2
  const top = list.getBoundingClientRect().top + offset
  if (top < margin) window.scrollBy({ top: top - margin })
  else if (top + height > window.innerHeight - margin) {
    window.scrollBy({ top: top + height - window.innerHeight + margin })
  }
}
