import { type DemoSite, demoRegister } from '../../../server/demo/cast/register.ts'
import { type Fleet, startFleet } from '../../../server/demo/fleet/server.ts'
import { createProber, type Prober } from '../../../server/monitor/visit/visit.ts'

export const sites = demoRegister()
/** A Tuesday, 11:00 in Shanghai. */
export const NOW = Date.parse('2026-03-10T11:00:00+08:00')

export interface World {
  fleet: Fleet
  prober: Prober
  /** What the fleet takes the time to be. */
  clock: { nowMs: number }
  urlOf(site: DemoSite, path?: string): string
  /** Posts to the operator's door; returns the status and the body. */
  command(path: string, body: unknown): Promise<{ status: number; body: unknown }>
  close(): Promise<void>
}

/** A fleet on free ports at a fixed time, and a prober that trusts it and gives up after `deadlineMs`. */
export async function openWorld(deadlineMs = 3_000): Promise<World> {
  const clock = { nowMs: NOW }
  const fleet = await startFleet({ sites, now: () => clock.nowMs })
  const prober = createProber({
    userAgent: 'fleet test',
    deadlineMs,
    allowHosts: ['*.localhost'],
    hosts: { '*.localhost': '127.0.0.1' },
    ca: fleet.ca,
  })
  return {
    fleet,
    prober,
    clock,
    urlOf: ({ scheme, host }, path = '/') =>
      `${scheme}://${host}:${scheme === 'https' ? fleet.httpsPort : fleet.httpPort}${path}`,
    async command(path, body) {
      const response = await fetch(`http://127.0.0.1:${fleet.controlPort}/__fleet/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: await response.json() }
    },
    async close() {
      prober.close()
      await fleet.close()
    },
  }
}
