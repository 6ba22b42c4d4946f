const scheduled = new Set<() => void>()
/** A hidden page gets no frames, and a wall behind another window must not fall behind. */
const HIDDEN_MS = 250
/** The first change shows at once; of a stream of them no more than ten pictures a second are drawn. */
const GAP_MS = 100
let lastMs = Number.NEGATIVE_INFINITY

/** Runs `work` before the next frame, once however often it was asked for. */
export function paintSoon(work: () => void): void {
  if (scheduled.has(work)) return
  scheduled.add(work)
  const run = (): void => {
    if (!scheduled.delete(work)) return
    lastMs = performance.now()
    work()
  }
  const waitMs = lastMs + GAP_MS - performance.now()
  const isSeen = typeof requestAnimationFrame === 'function' && !document.hidden
  if (waitMs > 0) setTimeout(run, waitMs)
  else if (isSeen) requestAnimationFrame(run)
  setTimeout(run, HIDDEN_MS)
}
