import ipaddr from 'ipaddr.js'
import { MINUTE } from '../../shared/time.ts'
import type { Clock } from '../clock.ts'
import { Refusal } from '../refusal.ts'

/** Ten wrong passwords for one name from one address in a quarter of an hour. */
const MAX_FAILURES = 10
/** From one address for all names together: somebody tries one password on many people. */
const MAX_FAILURES_OF_ADDRESS = 100
const WINDOW_MS = 15 * MINUTE
/** Counters kept at most; beyond it those that have run out, then the oldest, are forgotten. */
const MAX_COUNTERS = 20_000

interface Counter {
  failures: number
  until: number
}

export interface FailureLimit {
  /**
   * Lets one attempt at a time run for a name and address, so that no burst passes the limit together.
   * `attempt` answers null when it failed. Success clears the count of that name and address.
   * @throws Refusal too_many_requests; `retryAfter` is told the seconds until the next attempt may be made.
   */
  guard<T>(
    who: { address: string; username: string },
    retryAfter: (seconds: number) => void,
    attempt: () => Promise<T | null>,
  ): Promise<T | null>
}

/** Counts failed sign-ins, in this process's memory: several web processes allow as many times more. */
export function createFailureLimit(clock: Clock): FailureLimit {
  const counters = new Map<string, Counter>()
  const turns = new Map<string, Promise<unknown>>()

  function check(key: string, max: number, retryAfter: (seconds: number) => void): void {
    const counter = counters.get(key)
    const now = clock.now()
    if (!counter || counter.until <= now || counter.failures < max) return
    const seconds = Math.ceil((counter.until - now) / 1000)
    retryAfter(seconds)
    const minutes = Math.ceil(seconds / 60)
    throw new Refusal(
      'too_many_requests',
      `登录失败次数过多，请 ${minutes} 分钟后再试。Too many failed sign-ins. Try again in ${minutes} min.`,
    )
  }

  function count(key: string): void {
    const now = clock.now()
    const counter = counters.get(key)
    if (counter && counter.until > now) counter.failures += 1
    else {
      if (counters.size >= MAX_COUNTERS) forget(now)
      counters.set(key, { failures: 1, until: now + WINDOW_MS })
    }
  }

  function forget(now: number): void {
    for (const [key, counter] of counters) if (counter.until <= now) counters.delete(key)
    for (const key of counters.keys()) {
      if (counters.size < MAX_COUNTERS) break
      counters.delete(key)
    }
  }

  /** After all earlier attempts with the same key. */
  function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
    const turn = (turns.get(key) ?? Promise.resolve()).then(run, run)
    const settled = turn.catch(() => {})
    turns.set(key, settled)
    settled.then(() => {
      if (turns.get(key) === settled) turns.delete(key)
    })
    return turn
  }

  return {
    guard({ address, username }, retryAfter, attempt) {
      const network = networkOf(address)
      const key = `${network} ${username}`
      return inTurn(key, async () => {
        check(key, MAX_FAILURES, retryAfter)
        check(network, MAX_FAILURES_OF_ADDRESS, retryAfter)
        const result = await attempt()
        if (result !== null) counters.delete(key)
        else for (const counted of [key, network]) count(counted)
        return result
      })
    },
  }
}

/** The address, or its /64 for IPv6: a household or an office has a whole one. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString()
}
