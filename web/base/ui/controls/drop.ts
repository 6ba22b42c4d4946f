import type { ObjectDirective } from 'vue'

/** px between a field and what drops from it, and to the edge of the window. */
const GAP = 4
const EDGE = 8
type Field = Element | null
const dropped = new WeakMap<HTMLElement, { put: (field: Field) => void; leave: AbortController }>()

/**
 * What drops from a field, while it is there: in the browser's top layer, where no mask, no scrolled part and no dialog
 * around the field cuts it, below the field or, where there is more room, above it. `v-drop="field"`; `.wide` as wide as
 * the field. It stays the field's child, so keys and the focus are still those of the whole.
 */
export const vDrop: ObjectDirective<HTMLElement, Field, 'wide'> = {
  mounted(box, { value, modifiers }) {
    let field = value
    const leave = new AbortController()
    const put = (next: Field) => {
      field = next
      place(box, next, modifiers.wide === true)
    }
    const again = () => put(field)
    addEventListener('scroll', again, { capture: true, passive: true, signal: leave.signal })
    addEventListener('resize', again, { signal: leave.signal })
    dropped.set(box, { put, leave })
    box.popover = 'manual'
    box.showPopover()
    put(field)
  },
  updated: (box, { value }) => dropped.get(box)?.put(value),
  beforeUnmount: (box) => dropped.get(box)?.leave.abort(),
}

function place(box: HTMLElement, field: Field, isWide: boolean): void {
  if (!field) return
  const at = field.getBoundingClientRect()
  if (isWide) box.style.width = `${at.width}px`
  // What is still short may grow to its greatest height while it stays where it is.
  const tall = Number.parseFloat(getComputedStyle(box).maxHeight) || box.offsetHeight
  const below = innerHeight - at.bottom
  const isUp = below < tall + GAP + EDGE && at.top > below
  const left = Math.max(EDGE, Math.min(at.left, innerWidth - box.offsetWidth - EDGE))
  box.style.inset = isUp
    ? `auto auto ${innerHeight - at.top + GAP}px ${left}px`
    : `${at.bottom + GAP}px auto auto ${left}px`
}
