import { onScopeDispose, type Ref, type ShallowRef, shallowRef, watch } from 'vue'

/**
 * Design pixels to `--u`, the unit of what is drawn for 1920 × 1080: on the wall the root's font size, by which it is scaled
 * as a whole; on the desk what its frame says.
 */
const PER_UNIT = 10

export interface BoxSize {
  readonly width: number
  readonly height: number
}

/** The inner size of an element in design pixels, kept up to date. */
export function useBoxSize(element: Readonly<Ref<HTMLElement | null>>): Readonly<ShallowRef<BoxSize>> {
  const size = shallowRef<BoxSize>({ width: 0, height: 0 })
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    const rems = Number.parseFloat(getComputedStyle(entry.target).getPropertyValue('--u')) || 1
    const unit = (rem * rems) / PER_UNIT
    const { width, height } = entry.contentRect
    size.value = { width: width / unit, height: height / unit }
  })
  watch(
    element,
    (now, before) => {
      if (before) observer.unobserve(before)
      if (now) observer.observe(now)
    },
    { flush: 'post', immediate: true },
  )
  onScopeDispose(() => observer.disconnect())
  return size
}

/** About how wide a text is in a typeface with square Chinese characters. */
export function textWidth(text: string, size: number): number {
  let ems = 0
  for (const character of text) ems += character > '\u2e80' ? 1 : 0.58
  return ems * size
}

/** The size at which a text is no wider than it may be, between the usual and the least that can be read. */
export function fitText(text: string, width: number, most: number, least: number): number {
  return Math.max(least, Math.min(most, Math.floor(width / textWidth(text, 1))))
}
