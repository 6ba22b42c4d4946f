import type { Product } from '../../support/product/product.ts'
import { cpuMs, memoryMb } from '../process.ts'

/** What a process said and took at an instant. */
export interface Sample {
  /** Seconds since sampling began. */
  readonly at: number
  readonly cpuMs: number
  readonly rss: number
  readonly metrics: ReadonlyMap<string, number>
}

const EVERY_MS = 2_000

/** Watches a process from outside: its CPU, memory and metrics, every two seconds. */
export class Sampler {
  readonly #product: Product
  readonly #began = performance.now()
  readonly #timer: NodeJS.Timeout
  readonly samples: Sample[] = []

  constructor(product: Product) {
    this.#product = product
    this.#timer = setInterval(() => void this.#take().catch(() => {}), EVERY_MS)
  }

  async #take(): Promise<void> {
    const { pid, origin } = this.#product
    const answer = await fetch(`${origin}/metrics`, { signal: AbortSignal.timeout(EVERY_MS) })
    const metrics = parse(await answer.text())
    const at = (performance.now() - this.#began) / 1000
    this.samples.push({ at, cpuMs: cpuMs(pid), rss: memoryMb(pid).rss, metrics })
  }

  /** From now on; what was before is forgotten. */
  restart(): void {
    this.samples.length = 0
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Of a metric, what was said at each look. */
  said(name: string): number[] {
    return this.samples.flatMap(({ metrics }) => metrics.get(name) ?? [])
  }

  /** Cores in use on the average. */
  cores(): number {
    const [first, last] = [this.samples[0], this.samples.at(-1)]
    return first && last ? (last.cpuMs - first.cpuMs) / 1000 / (last.at - first.at) : Number.NaN
  }

  memory(): { mb: number; mbPerMinute: number } {
    return { mb: Math.max(...this.samples.map(({ rss }) => rss)), mbPerMinute: 60 * slope(this.samples) }
  }
}

/** Least squares, MB a second. */
function slope(samples: readonly Sample[]): number {
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  const [at, rss] = [mean(samples.map((one) => one.at)), mean(samples.map((one) => one.rss))]
  const over = samples.reduce((sum, one) => sum + (one.at - at) * (one.rss - rss), 0)
  return over / samples.reduce((sum, one) => sum + (one.at - at) ** 2, 0)
}

/** By name with labels, and summed by name alone. */
function parse(text: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const [, name = '', labels = '', value] of text.matchAll(/^([a-z]\w*)(\{.*\})? (\S+)$/gm)) {
    found.set(name + labels, Number(value))
    if (labels) found.set(name, (found.get(name) ?? 0) + Number(value))
  }
  return found
}
