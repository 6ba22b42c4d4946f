import { Refusal } from './refusal.ts'
import type { Reason } from './words/refusals.ts'

/** Who waits for a turn: people who are known are served first. */
export type Lane = 'known' | 'stranger'

export interface Turns {
  /** Runs `task` when it is its turn. @throws Refusal too_many_requests when too many wait already. */
  run<T>(lane: Lane, task: () => Promise<T>): Promise<T>
}

/** Lets `atOnce` tasks run side by side; of each lane at most `maxWaiting` wait, and the next is refused for `reason`. */
export function createTurns(atOnce: number, maxWaiting: number, reason: Reason): Turns {
  const waiting: Record<Lane, (() => void)[]> = { known: [], stranger: [] }
  let running = 0
  /** The turn goes from who is done to who waits. */
  const next = () => {
    const go = waiting.known.shift() ?? waiting.stranger.shift()
    if (go) go()
    else running -= 1
  }
  return {
    async run(lane, task) {
      if (running < atOnce) running += 1
      else {
        if (waiting[lane].length >= maxWaiting) {
          throw new Refusal('too_many_requests', reason)
        }
        await new Promise<void>((resolve) => waiting[lane].push(resolve))
      }
      try {
        return await task()
      } finally {
        next()
      }
    },
  }
}
