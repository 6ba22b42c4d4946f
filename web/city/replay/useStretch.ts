import { type ComputedRef, computed, type Ref, type ShallowRef } from 'vue'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Beginnings } from '../../../shared/city/replay.ts'
import { call } from '../../base/call.ts'
import { minute } from '../../base/ui/controls/minute.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'
import type { CountsAt } from '../wall/strip/strip.ts'
import { RANGES, type Range } from './ranges.ts'

export interface Stretch {
  readonly fromMs: ComputedRef<number>
  readonly toMs: ComputedRef<number>
  readonly points: ComputedRef<readonly CountsAt[]>
  readonly begun: Readonly<ShallowRef<Beginnings | undefined>>
  readonly error: ComputedRef<unknown>
}

/** Asked for again at most this often: the end of the stretch is now. */
const AGAIN_MS = 5 * MINUTE

/** What the slider lies over: counts and beginnings of a range that ends now, of one division or of all. */
export function useStretch(range: Ref<Range>, under: () => string | undefined): Stretch {
  const toMs = computed(() => (Math.floor(minute.value / AGAIN_MS) + 1) * AGAIN_MS)
  const fromMs = computed(() => toMs.value - RANGES[range.value].hours * HOUR)
  const counts = useQuery(
    () => ({ range: range.value, to: toMs.value, under: under() }),
    ({ range: one, under }) => {
      const { hours, stepMinutes } = RANGES[one]
      return call('cityHistory', { query: { hours, stepMinutes, under } })
    },
    { of: ({ range: one, under }) => `${one} ${under}` },
  )
  const begun = useQuery(
    () => ({ from: fromMs.value, to: toMs.value, under: under() }),
    ({ from, to, under }) =>
      call('cityBeginnings', {
        query: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), under },
      }),
    { of: ({ from, to, under }) => `${to - from} ${under}` },
  )
  const points = computed(() =>
    (counts.data.value?.points ?? []).map((one) => ({ atMs: Date.parse(one.at), counts: one.counts })),
  )
  const error = computed(() => counts.error.value ?? begun.error.value)
  return { fromMs, toMs, points, begun: begun.data, error }
}

/** The beginning nearest to an instant on one side of it. */
export function neighbour(begun: Beginnings | undefined, atMs: number, direction: 1 | -1): number | null {
  const times = (begun?.items ?? []).map((one) => Date.parse(one.at))
  const found = direction === 1 ? times.find((one) => one > atMs) : times.findLast((one) => one < atMs)
  return found ?? null
}
