import { computed, watch } from 'vue'
import { call } from '../../base/call.ts'
import type { Fact } from '../../base/live/fact.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

const LIVE = 200
const isOne = ({ kind }: Fact): boolean => kind.startsWith('announcement.')

/** What is announced now and is to come, and page by page what was: told by facts, and by the minute. */
export function useAnnouncements() {
  const live = useQuery(
    () => null,
    async () => {
      const [current, coming] = await Promise.all([
        call('announcements', { query: { state: 'current', limit: LIVE } }),
        call('announcements', { query: { state: 'coming', limit: LIVE } }),
      ])
      return { current: current.items, coming: coming.items }
    },
    { facts: isOne, again: 'minute' },
  )
  const past = usePages(
    () => null,
    (_, cursor) => call('announcements', { query: { state: 'past', cursor, limit: 20 } }),
    { facts: isOne },
  )
  const liveIds = computed(() => {
    const { current, coming } = live.data.value ?? {}
    return current && coming && [...current, ...coming].map(({ id }) => id).join(' ')
  })
  // What ends by the clock is told by no fact: it is over once it lives no longer.
  watch(liveIds, (_, before) => {
    if (before !== undefined) void past.reload()
  })
  return { live, past }
}
