import type { Timers } from '../../server/base/clock.ts'
import { failedVisit } from '../../server/monitor/visit/run.ts'
import type { Prober, Visit, VisitTarget } from '../../server/monitor/visit/visit.ts'
import { SECOND } from '../../shared/base/time.ts'
import type { Stage } from './stage.ts'
import { doingAt, LIMIT_MS, type LineKind, lineFaultOf, type Story } from './story.ts'

/** What a line that is cut, or does not know names, takes to say so. */
const SOON_MS = 30
/** Ends of visits are brought to these, so that visits that begin together can be recorded together. */
const TOGETHER_MS = 200
const REFERENCE = /^reference-\d\.localhost$/

interface Outcome {
  readonly visit: Visit
  readonly lastsMs: number
}

/** Visits of simulated time: what the story says, with the results of the stage's real visits. */
export class StoryProber implements Prober {
  readonly #story: Story
  readonly #stage: Stage
  readonly #time: Timers & { now(): number }
  readonly #indices: ReadonlyMap<string, number>
  visits = 0

  constructor(story: Story, stage: Stage, time: Timers & { now(): number }) {
    this.#story = story
    this.#stage = stage
    this.#time = time
    this.#indices = new Map(story.sites.map(({ host }, index) => [host, index]))
  }

  async visit({ url, signal }: VisitTarget): Promise<Visit> {
    const { hostname, protocol } = new URL(url)
    const scheme = protocol === 'https:' ? 'https' : 'http'
    const { visit, lastsMs } = await this.#outcome(url, hostname, scheme)
    if (!REFERENCE.test(hostname)) this.visits++
    return new Promise((resolve) => {
      const cancel = this.#time.after(lastsMs, () => {
        signal?.removeEventListener('abort', abort)
        resolve(visit)
      })
      const abort = () => {
        cancel()
        resolve(failedVisit('aborted'))
      }
      signal?.addEventListener('abort', abort, { once: true })
      if (signal?.aborted) abort()
    })
  }

  close(): void {}

  async #outcome(url: string, host: string, scheme: 'http' | 'https'): Promise<Outcome> {
    const atMs = this.#time.now()
    const own = await this.#ownOutcome(url, host, scheme, atMs)
    const fault = lineFaultOf(this.#story, host, atMs, atMs + own.lastsMs)
    if (!fault) return own
    const lost = lineOutcome(this.#stage, fault.kind, scheme)
    // A visit that was under way ends with the line.
    return { ...lost, lastsMs: Math.min(LIMIT_MS, lost.lastsMs + Math.max(0, fault.start - atMs)) }
  }

  async #ownOutcome(url: string, host: string, scheme: 'http' | 'https', atMs: number): Promise<Outcome> {
    const index = this.#indices.get(host)
    if (index === undefined) return { visit: ANSWERED, lastsMs: SOON_MS }
    const { trouble, latencyMs } = doingAt(this.#story, index, atMs)
    if (trouble) {
      const visit = this.#stage.trouble(trouble, scheme)
      return visit.result.cause === 'timeout'
        ? { visit: lasting(visit, LIMIT_MS), lastsMs: LIMIT_MS }
        : { visit, lastsMs: latencyMs }
    }
    const visit = lasting(await this.#stage.page(url, atMs), latencyMs)
    return { visit, lastsMs: latencyMs > 10 * SECOND ? latencyMs : TOGETHER_MS }
  }
}

function lineOutcome(stage: Stage, kind: LineKind, scheme: 'http' | 'https'): Outcome {
  if (kind === 'nameless') return { visit: failedVisit('dns_failed'), lastsMs: SOON_MS }
  if (kind === 'cut') return { visit: stage.trouble('refused', scheme), lastsMs: SOON_MS }
  return { visit: lasting(stage.trouble('silent', scheme), LIMIT_MS), lastsMs: LIMIT_MS }
}

function lasting(visit: Visit, totalMs: number): Visit {
  return { ...visit, result: { ...visit.result, totalMs } }
}

/** A reference target that answers. */
const ANSWERED: Visit = {
  body: null,
  headers: {},
  result: {
    ...failedVisit('monitor_error').result,
    outcome: 'ok',
    cause: null,
    status: 204,
    totalMs: SOON_MS,
  },
}
