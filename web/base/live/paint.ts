/** What waits to be drawn, each with how it is called off. */
const scheduled = new Map<() => void, () => void>()
/** A hidden page gets no frames, and a wall behind another window must not fall behind. */
const HIDDEN_MS = 250
/** The first change shows at once; of a stream of them no more than ten pictures a second are drawn. */
const GAP_MS = 100
let lastMs = Number.NEGATIVE_INFINITY

/**
 * Runs `work` before the next frame, once however often it was asked for. Of the timers that could run it the first
 * calls the others off: one left over would draw the next picture before its time.
 */
export function paintSoon(work: () => void): void {
  if (scheduled.has(work)) return
  const run = (): void => {
    scheduled.get(work)?.()
    scheduled.delete(work)
    lastMs = performance.now()
    work()
  }
  const waitMs = lastMs + GAP_MS - performance.now()
  const isSeen = typeof requestAnimationFrame === 'function' && !document.hidden
  const wait = waitMs > 0 ? setTimeout(run, waitMs) : undefined
  const frame = waitMs <= 0 && isSeen ? requestAnimationFrame(run) : undefined
  const hidden = setTimeout(run, HIDDEN_MS)
  scheduled.set(work, () => {
    clearTimeout(wait)
    clearTimeout(hidden)
    if (frame !== undefined) cancelAnimationFrame(frame)
  })
}
