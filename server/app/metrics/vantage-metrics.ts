import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { SECOND } from '../../../shared/base/time.ts'
import { SILENT_MS } from '../../../shared/monitor/vantages/vantages-rules.ts'
import type { LookingParts } from '../../monitor/vantages/looking.ts'
import type { PlaceHeard } from '../../monitor/vantages/queries.ts'

interface Sources {
  readonly places: () => readonly PlaceHeard[]
  readonly now: () => number
}

/**
 * Looks from other places: those that this process makes, since when each place has said nothing, and by how much its looks come late.
 * @returns takes note of a look
 */
export function vantageMetrics(registers: Registry[], { places, now }: Sources): LookingParts['onLook'] {
  const looks = new Counter({
    name: 'siteward_vantage_looks_total',
    help: 'Looks at sites from another place, by place and outcome.',
    labelNames: ['vantage', 'outcome'] as const,
    registers,
  })
  const seconds = new Histogram({
    name: 'siteward_vantage_look_duration_seconds',
    help: 'Duration of whole looks from another place.',
    labelNames: ['vantage'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
    registers,
  })
  const ofPlace = (name: string, help: string, read: (place: PlaceHeard) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['vantage'] as const,
      registers,
      collect() {
        this.reset()
        for (const place of places()) this.set({ vantage: place.name }, read(place))
      },
    })
  ofPlace(
    'siteward_vantage_age_seconds',
    'Since a place was heard of last.',
    ({ seen_at }) => Math.max(0, now() - seen_at.getTime()) / SECOND,
  )
  ofPlace(
    'siteward_vantage_behind_seconds',
    'By how much looks of a place come late, as it said last.',
    // Of one that says nothing any more nothing is known.
    ({ seen_at, behind_s }) => (now() - seen_at.getTime() > SILENT_MS ? 0 : behind_s),
  )
  return ({ name }, outcome, totalMs) => {
    looks.inc({ vantage: name, outcome })
    if (totalMs !== null) seconds.observe({ vantage: name }, totalMs / SECOND)
  }
}
