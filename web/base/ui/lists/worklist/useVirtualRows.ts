import { type ComputedRef, computed, onBeforeUnmount, onMounted, type Ref, ref, shallowRef, watch } from 'vue'
import { preferences } from '../../../preferences.ts'

export interface Slice {
  readonly start: number
  readonly end: number
}

/**
 * The rows to draw of a list of `count`: those that a window shows, and `beyond` more either way.
 * @param top where the first row stands in the window, px; negative once it has been scrolled past.
 * @param viewport height of the window, px.
 * @param rowHeight px, the same for every row.
 */
export function visibleSlice(
  top: number,
  viewport: number,
  rowHeight: number,
  count: number,
  beyond = 8,
): Slice {
  const clamp = (row: number) => Math.max(0, Math.min(count, row))
  const start = clamp(Math.floor(-top / rowHeight) - beyond)
  return { start, end: Math.max(start, clamp(Math.ceil((viewport - top) / rowHeight) + beyond)) }
}

export interface VirtualRows {
  readonly slice: Readonly<Ref<Slice>>
  /** Heights (px) that stand for the rows above and below the drawn ones. */
  readonly before: ComputedRef<number>
  readonly after: ComputedRef<number>
  /** Brings a row into view. */
  show(row: number): void
}

/** Until a row has been drawn and measured. */
const FIRST_GUESS_PX = 44

/**
 * Draws only the rows of a long list that can be seen; the page itself scrolls, so that a phone has one
 * scroll bar and not two.
 * @param list the element that holds the rows; those have the attribute `data-row` and all the same height.
 */
export function useVirtualRows(list: Readonly<Ref<HTMLElement | null>>, count: () => number): VirtualRows {
  const slice = shallowRef<Slice>({ start: 0, end: 0 })
  const height = ref(FIRST_GUESS_PX)

  function measure(): void {
    if (!list.value) return
    // Density and a phone's width change it.
    const row = list.value.querySelector('[data-row]')?.getBoundingClientRect().height
    if (row) height.value = row
    const { top } = list.value.getBoundingClientRect()
    const next = visibleSlice(top, window.innerHeight, height.value, count())
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
  watch([count, list, slice, () => preferences.density], measure, { flush: 'post' })
  return {
    slice,
    before: computed(() => slice.value.start * height.value),
    after: computed(() => (count() - slice.value.end) * height.value),
    show: (row) => scrollTo(list.value, row * height.value, height.value),
  }
}

/** Scrolls as little as shows the row at `offset` px of the list, clear of the window's edges. */
function scrollTo(list: HTMLElement | null, offset: number, height: number): void {
  if (!list) return
  const margin = height * 2
  const top = list.getBoundingClientRect().top + offset
  if (top < margin) window.scrollBy({ top: top - margin })
  else if (top + height > window.innerHeight - margin) {
    window.scrollBy({ top: top + height - window.innerHeight + margin })
  }
}
