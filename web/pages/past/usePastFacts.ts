import { type ComputedRef, computed } from 'vue'
import { useRoute } from 'vue-router'
import type { Fact } from '../../../shared/base/facts.ts'
import { call } from '../../base/call.ts'
import type { TimelineSubject } from '../../base/facts/useTimeline.ts'
import { useAsOf } from '../../base/live/as-of.ts'
import { type Query, useQuery } from '../../base/ui/lists/useQuery.ts'

/** So many of the latest are told. */
const MOST = 20

/** What had happened to something by then. */
export interface PastFacts extends Query<unknown> {
  /** Newest first. */
  readonly facts: ComputedRef<readonly Fact[]>
}

/** The last facts of a site, an alert or a rectification until the instant at which the page stands. */
export function usePastFacts(subject: () => TimelineSubject): PastFacts {
  const route = useRoute()
  const asOf = useAsOf()
  /** What the address says, which stands while it plays. */
  const stopped = computed(() => (typeof route.query.at === 'string' ? route.query.at : null))
  const log = useQuery(
    () => ({ of: subject(), to: stopped.value }),
    ({ of, to }) => (to === null ? null : call('facts', { query: { ...of, to, limit: MOST } })),
    { of: ({ of }) => JSON.stringify(of) },
  )
  const facts = computed(() =>
    (log.data.value?.items ?? []).filter((fact) => Date.parse(fact.at) <= (asOf.value ?? 0)),
  )
  return { ...log, facts }
}
