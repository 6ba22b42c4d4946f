import type { ObjectDirective } from 'vue'

/** A pixel is lost to rounding. */
const SLACK = 2
const watched = new WeakMap<HTMLElement, () => void>()

/** Writes on a part that scrolls where there is more of it than one sees; the base styles let those edges fade. */
function look(box: HTMLElement): void {
  const { scrollLeft, scrollWidth, clientWidth, scrollHeight, clientHeight } = box
  const rest = scrollWidth - clientWidth
  const ends = [scrollLeft > SLACK && 'start', scrollLeft < rest - SLACK && 'end'].filter(Boolean)
  if (ends.length > 0) box.dataset.more = ends.join(' ')
  else delete box.dataset.more
  if (box.dataset.strip !== 'reached') return
  // Who has no mouse scrolls it by arrows; where all of it is in sight it is no stop on the way.
  if (rest > SLACK || scrollHeight - clientHeight > SLACK) box.tabIndex = 0
  else box.removeAttribute('tabindex')
}

/**
 * A part that is scrolled shows that there is more of it: `v-strip`. With `v-strip.reached` the keyboard reaches it
 * too, for parts with nothing in them that can have the focus.
 */
export const vStrip: ObjectDirective<HTMLElement, undefined, 'reached'> = {
  mounted(box, { modifiers }) {
    if (modifiers.reached) box.dataset.strip = 'reached'
    const again = () => look(box)
    const observer = new ResizeObserver(again)
    observer.observe(box)
    for (const child of box.children) observer.observe(child)
    box.addEventListener('scroll', again, { passive: true })
    watched.set(box, () => observer.disconnect())
    again()
  },
  updated: look,
  unmounted: (box) => watched.get(box)?.(),
}
