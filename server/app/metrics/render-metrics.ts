import { Gauge, type Registry } from 'prom-client'
import type { RenderingCounts } from '../../monitor/rendering/queries.ts'
import { briefly } from './briefly.ts'

/** What is known of drawing at the moment of a scrape. */
export interface RenderSources {
  /** What the process that draws and its browser hold, bytes; 0 while there is none. */
  readonly held: () => number
  /** Of all processes together. */
  readonly counts: () => Promise<RenderingCounts>
}

/** Pages that are drawn by a browser: what waits, what became of the others, what it takes. */
export function renderMetrics(
  registers: Registry[],
  { held, counts }: RenderSources,
  now: () => number,
): void {
  // While the database is away the numbers of the last scrape stand.
  const seen = briefly(counts)
  new Gauge({
    name: 'siteward_render_held_bytes',
    help: 'Memory of the process that draws pages and of its browser, shared parts counted once.',
    registers,
    collect() {
      this.set(held())
    },
  })
  new Gauge({
    name: 'siteward_render_pages',
    help: 'Pages that wait to be drawn, and those of the last hour that were, or could not be.',
    labelNames: ['outcome'] as const,
    registers,
    async collect() {
      const known = await seen()
      for (const outcome of ['waiting', 'drawn', 'failed'] as const)
        if (known) this.set({ outcome }, known[outcome])
    },
  })
  new Gauge({
    name: 'siteward_renderers',
    help: 'Processes that draw pages, heard of within ten minutes.',
    registers,
    async collect() {
      const known = await seen()
      if (known) this.set(known.renderers)
    },
  })
  new Gauge({
    name: 'siteward_render_oldest_seconds',
    help: 'For how long the page has waited to be drawn that waits the longest.',
    registers,
    async collect() {
      const known = await seen()
      if (known) this.set(known.oldestAt === null ? 0 : Math.max(0, now() - known.oldestAt) / 1_000)
    },
  })
}
