import { computed } from 'vue'
import { call } from '../../../base/call.ts'
import { useDistrictName } from '../../../base/live/names.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'

/** So many names are on a line at most: as many as have room are seen. */
const NAMED = 6

/** Rounds that are under way, and whose zero report is missing: in lines for the wall. */
export function useWallRounds() {
  const nameOf = useDistrictName()
  const { data } = useQuery(
    () => null,
    () => call('completeness'),
    { again: 'minute' },
  )
  /** The one that is due first, of those in which somebody is to hand in. */
  const round = computed(() => {
    const first = data.value?.rounds.find(
      ({ kind, done, total }) => done < total && kind !== 'deep' && kind !== 'spot',
    )
    if (!first) return null
    const behind = first.districts
      .map(({ district, done, total }) => ({ name: nameOf(district), n: total - done }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n)
    return { ...first, behind: behind.slice(0, NAMED) }
  })
  const zero = computed(() => {
    const all = data.value?.zero ?? []
    const names = [...new Set(all.map(({ district, unit }) => unit ?? nameOf(district)))]
    // Short names first, so that more of them fit.
    names.sort((a, b) => a.length - b.length)
    return { n: names.length, names: names.slice(0, NAMED) }
  })
  const lines = computed(() => (round.value ? 1 : 0) + (zero.value.names.length > 0 ? 1 : 0))
  return { round, zero, lines }
}
export type WallRounds = ReturnType<typeof useWallRounds>
