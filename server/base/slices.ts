/**
 * Work cut into steps: each `yield` is a place where it may be put off. What it works on comes from strangers, so no
 * step may take longer than a few milliseconds, whatever is in it.
 */
export type Steps<T> = Generator<void, T, void>

/** All long work together takes this much of a turn of the event loop; what is left of it waits for the next. */
const SLICE_MS = 10

/** Those of many items that are kept. */
export function* keeping<T>(items: Iterable<T>, isKept: (item: T) => boolean): Steps<T[]> {
  const kept: T[] = []
  for (const item of items) {
    if (isKept(item)) kept.push(item)
    yield
  }
  return kept
}

/** What comes of each of many items. */
export function* each<T, R>(items: Iterable<T>, of: (item: T) => R): Steps<R[]> {
  const made: R[] = []
  for (const item of items) {
    made.push(of(item))
    yield
  }
  return made
}

interface Job {
  /** Does steps until it is `endMs`. True: it is done, well or not. */
  work(endMs: number): boolean
}

const waiting: Job[] = []
let isPlanned = false

/** Does the work in one go. For tests and commands, where nobody else waits. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/**
 * Does the work in slices between which everybody else has their turn. Any number of works share the slices, the one
 * begun first is done first.
 * @param worked is told how many ms of CPU it took. What other threads of this process did meanwhile is in it.
 */
export function inSlices<T>(steps: Steps<T>, worked?: (cpuMs: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let tookMs = 0
    const work = (endMs: number) => {
      const before = process.cpuUsage()
      try {
        let step = steps.next()
        while (!step.done && performance.now() < endMs) step = steps.next()
        const { user, system } = process.cpuUsage(before)
        tookMs += (user + system) / 1_000
        if (!step.done) return false
        worked?.(tookMs)
        resolve(step.value)
      } catch (error) {
        reject(error)
      }
      return true
    }
    waiting.push({ work })
    plan()
  })
}

/** The same for work whose outcome is asked for later: where it fails, whoever asks is told, and nobody before. */
export function begun<T>(steps: Steps<T>): Promise<T> {
  const done = inSlices(steps)
  done.catch(() => {})
  return done
}

function plan(): void {
  if (isPlanned) return
  isPlanned = true
  setImmediate(work)
}

function work(): void {
  const endMs = performance.now() + SLICE_MS
  for (let job = waiting[0]; job && performance.now() < endMs; job = waiting[0]) {
    if (job.work(endMs)) waiting.shift()
  }
  isPlanned = false
  if (waiting.length > 0) plan()
}
