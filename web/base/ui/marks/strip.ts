import type { ObjectDirective } from 'vue'

/** A pixel is lost to rounding. */
const SLACK = 2
const parts = new WeakSet<Element>()
/** Whose child is watched for it; it may itself be one that scrolls. */
const boxOf = new WeakMap<Element, HTMLElement>()

/** Which of its edges fade, and whether it is a stop on the way of the keyboard. */
interface Ends {
  readonly more: string
  readonly isStop: boolean
}

function endsOf({ scrollLeft, scrollWidth, clientWidth, scrollHeight, clientHeight }: HTMLElement): Ends {
  const rest = scrollWidth - clientWidth
  const more = [scrollLeft > SLACK && 'start', scrollLeft < rest - SLACK && 'end'].filter(Boolean).join(' ')
  return { more, isStop: rest > SLACK || scrollHeight - clientHeight > SLACK }
}

/** Writes on a part that scrolls where there is more of it than one sees; the base styles let those edges fade. */
function write(box: HTMLElement, { more, isStop }: Ends): void {
  if (more === '') delete box.dataset.more
  else if (box.dataset.more !== more) box.dataset.more = more
  if (box.dataset.strip !== 'reached') return
  // Who has no mouse scrolls it by arrows; where all of it is in sight it is no stop on the way.
  if (!isStop) box.removeAttribute('tabindex')
  else if (box.tabIndex !== 0) box.tabIndex = 0
}

const again = ({ currentTarget }: Event) => {
  const box = currentTarget as HTMLElement
  write(box, endsOf(box))
}

/** One for all parts, and the browser's word when all is laid out: to ask each by itself would lay the page out for each. */
const observer = new ResizeObserver((entries) => {
  const boxes = new Set(
    entries.flatMap(({ target }) => [boxOf.get(target), target]).filter((one) => one && parts.has(one)),
  ) as Set<HTMLElement>
  for (const [box, ends] of [...boxes].map((box) => [box, endsOf(box)] as const)) write(box, ends)
})

/** Who is watched once more is heard of once more, at the next layout. */
function watch(box: HTMLElement): void {
  parts.add(box)
  observer.observe(box)
  for (const child of box.children) {
    boxOf.set(child, box)
    observer.observe(child)
  }
}

/**
 * A part that is scrolled shows that there is more of it: `v-strip`. With `v-strip.reached` the keyboard reaches it
 * too, for parts with nothing in them that can have the focus.
 */
export const vStrip: ObjectDirective<HTMLElement, undefined, 'reached'> = {
  mounted(box, { modifiers }) {
    if (modifiers.reached) box.dataset.strip = 'reached'
    box.addEventListener('scroll', again, { passive: true })
    watch(box)
  },
  updated: watch,
  beforeUnmount(box) {
    observer.unobserve(box)
    for (const child of box.children) observer.unobserve(child)
  },
}
