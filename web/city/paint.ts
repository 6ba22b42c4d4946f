const scheduled = new Set<() => void>()
/** A hidden page gets no frames, and a wall behind another window must not fall behind. */
const HIDDEN_MS = 250

/** Runs `work` before the next frame, once however often it was asked for. */
export function paintSoon(work: () => void): void {
  if (scheduled.has(work)) return
  scheduled.add(work)
  const run = (): void => {
    if (scheduled.delete(work)) work()
  }
  if (typeof requestAnimationFrame === 'function' && !document.hidden) requestAnimationFrame(run)
  setTimeout(run, HIDDEN_MS)
}
