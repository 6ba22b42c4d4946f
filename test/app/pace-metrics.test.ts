import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { paceMetrics } from '../../server/app/metrics/pace-metrics.ts'
import type { MonitorPace } from '../../server/recording/monitor.ts'

const PACE: MonitorPace = {
  stages: () => [],
  behindMs: () => 0,
  limitPerS: () => Number.POSITIVE_INFINITY,
  capacityPerS: () => 100,
  askedPerS: () => 10,
  due: () => 0,
  takenPerS: () => 10,
  held: () => ({ host: 1, address: 2, opening: 168 }),
  opening: () => 32,
}

test('what visits wait for before they begin is told, and nothing of it where no monitor is', async () => {
  const registry = new Registry()
  let pace: MonitorPace | null = PACE
  paceMetrics([registry], () => pace)
  const told = await registry.metrics()
  for (const [by, visits] of Object.entries(PACE.held()))
    expect(told).toContain(`siteward_visits_held{by="${by}"} ${visits}\n`)
  expect(told).toContain('siteward_connections_opening 32\n')
  pace = null
  const values = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(values).toEqual([])
})
