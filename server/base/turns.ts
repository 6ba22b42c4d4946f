import { Refusal } from './refusal.ts'
import type { Reason } from './words/refusals.ts'

/** Who waits for a turn: people who are known are served first. */
export type Lane = 'known' | 'stranger'

/** Who is told to come back where too many wait: who has just come, or who has waited longest. */
export type Beyond = 'newest' | 'oldest'

export interface Turns {
  /**
   * Runs `task` when it is its turn.
   * @param left says that nobody waits for it any more: then it has no turn, and its place is another's
   * @throws Refusal too_many_requests when too many wait, and for who has left
   */
  run<T>(lane: Lane, task: () => Promise<T>, left?: AbortSignal): Promise<T>
}

interface Waiting {
  readonly go: () => void
  readonly drop: () => void
}

/** Lets `atOnce` tasks run side by side; of each lane at most `maxWaiting` wait, and one beyond is refused for `reason`. */
export function createTurns(
  atOnce: number,
  maxWaiting: number,
  reason: Reason,
  beyond: Beyond = 'newest',
): Turns {
  const waiting: Record<Lane, Waiting[]> = { known: [], stranger: [] }
  let running = 0
  /** The turn goes from who is done to who waits. */
  const next = () => {
    const one = waiting.known.shift() ?? waiting.stranger.shift()
    if (one) one.go()
    else running -= 1
  }
  const refusal = () => new Refusal('too_many_requests', reason)
  const turnOf = (lane: Lane, left: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const end = (settle: () => void) => () => {
        left?.removeEventListener('abort', mine.drop)
        settle()
      }
      const mine: Waiting = {
        go: end(resolve),
        drop: end(() => {
          waiting[lane].splice(waiting[lane].indexOf(mine), 1)
          reject(refusal())
        }),
      }
      left?.addEventListener('abort', mine.drop)
      waiting[lane].push(mine)
    })
  return {
    async run(lane, task, left) {
      if (left?.aborted) throw refusal()
      if (running < atOnce) running += 1
      else {
        if (waiting[lane].length >= maxWaiting) {
          if (beyond === 'newest') throw refusal()
          waiting[lane][0]?.drop()
        }
        await turnOf(lane, left)
      }
      try {
        return await task()
      } finally {
        next()
      }
    },
  }
}
