import { type ComputedRef, computed } from 'vue'
import { MINUTE } from '../../../../shared/base/time.ts'
import type { Waiter } from '../../../../shared/desk/notifications/waiting-rules.ts'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import {
  FIX_SOURCES,
  isAtRisk,
  isOverdue,
  isPaused,
  STAGES,
  WORKING_STAGES,
} from '../../../../shared/desk/rectifications/rectifications-rules.ts'
import { rectificationWaitsFor } from '../../../../shared/desk/rectifications/waiting-rules.ts'
import { call } from '../../../base/call.ts'
import { keepOnBoard } from '../../../base/live/keep.ts'
import { useCity } from '../../../base/live/store.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'
import { useMe } from '../../alerts/useMe.ts'
import { byUrgency } from '../due.ts'

export interface RectificationFilters {
  /**
   * `open`, `waiting` (for who asks), `asked`, `atRisk`, `overdue`, `paused`, `closed`, `verifying` (which includes what waits for the monitor) or
   * another stage.
   */
  readonly stage: string
  readonly district: string
  /** Id of a unit, as text. */
  readonly unit: string
  readonly source: string
  /** `1`: only those that relapsed. */
  readonly relapsed: string
  /** Id of a batch, as text. */
  readonly batch: string
  readonly q: string
}

const MOST_CLOSED = 500

function hasStage(rectification: Rectification, stage: string, now: number, me: Waiter): boolean {
  if (stage === 'open' || stage === '') return rectification.stage !== 'closed'
  if (stage === 'waiting') return rectificationWaitsFor(rectification, me, now)
  if (stage === 'asked') return rectification.request !== null
  if (stage === 'overdue') return isOverdue(rectification, now)
  if (stage === 'atRisk') return isAtRisk(rectification, now)
  if (stage === 'paused')
    return WORKING_STAGES.some((one) => one === rectification.stage) && isPaused(rectification, now)
  if (stage === 'verifying') return rectification.stage === 'submitted' || rectification.stage === 'verifying'
  return rectification.stage === stage
}

function hasText(rectification: Rectification, q: string): boolean {
  const text = q.trim().toLowerCase()
  const { siteName, unit, assignee, problem, reference, id } = rectification
  return [siteName, unit, assignee?.name, problem, reference, `#${id}`].some((value) =>
    value?.toLowerCase().includes(text),
  )
}

/** Whether a rectification is among those that the filters ask for. */
export function matchesRectification(
  rectification: Rectification,
  filters: RectificationFilters,
  now: number,
  me: Waiter,
): boolean {
  return (
    hasStage(rectification, filters.stage, now, me) &&
    (filters.district === '' || rectification.district === filters.district) &&
    (filters.unit === '' || rectification.unitId === Number(filters.unit)) &&
    (filters.source === '' || rectification.source === filters.source) &&
    (filters.relapsed === '' || rectification.relapses > 0) &&
    (filters.batch === '' || rectification.batchId === Number(filters.batch)) &&
    hasText(rectification, filters.q)
  )
}

/** What of the filters the server can look for among closed rectifications. */
export function closedQuery({ district, unit, source, relapsed, batch }: RectificationFilters) {
  const query = { stage: 'closed', limit: MOST_CLOSED, district } as const
  return {
    ...query,
    ...(unit && { unit: Number(unit) }),
    ...(batch && { batch: Number(batch) }),
    ...(relapsed && { relapsed: 'true' as const }),
    source: FIX_SOURCES.find((one) => one === source),
  }
}

const CLOCKS = ['overdue', 'atRisk', 'paused'] as const

/** The same among those that are open, as far as it can. */
function fetchedQuery(filters: RectificationFilters) {
  if (filters.stage === 'closed') return closedQuery(filters)
  const { stage } = filters
  return {
    ...closedQuery(filters),
    district: filters.district || undefined,
    stage: STAGES.find((one) => one === stage) ?? ('open' as const),
    clock: CLOCKS.find((one) => one === stage),
    ...(stage === 'asked' && { asked: 'true' as const }),
  }
}

const byStage = (a: Rectification, b: Rectification): number =>
  STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage)

export interface RectificationList {
  /** Stage by stage, most urgent first; `rectifications` is none, and `data` undefined, while they are not known. */
  readonly rectifications: ComputedRef<readonly Rectification[]>
  readonly data: ComputedRef<readonly Rectification[] | undefined>
  readonly error: ComputedRef<unknown>
  /** How many there are beyond the latest that were fetched. */
  readonly beyond: ComputedRef<number>
  reload(): Promise<void>
}

/** The rectifications that the filters ask for: open ones from the board, closed ones (the latest) from the server. */
export function useRectificationList(filters: () => RectificationFilters): RectificationList {
  const city = useCity()
  const me = useMe()
  /** Of more than a board holds, only what is shown here is asked for again at once. */
  const concerns = (id: number): boolean =>
    !city.isSummed || (fetched.data.value?.items.some((one) => one.id === id) ?? false)
  /** What the board does not have: what is closed, and of more sites than it holds what is open. */
  const isFetched = computed(() => filters().stage === 'closed' || city.isSummed)
  const fetched = useQuery(
    () => (isFetched.value ? filters() : null),
    (wanted) => wanted && call('rectifications', { query: fetchedQuery(wanted) }),
    {
      facts: (fact) =>
        isFetched.value && 'rectification' in fact.data && concerns(fact.data.rectification.id),
      again: { everyMs: MINUTE, when: () => city.isSummed },
    },
  )
  // Steps are taken on what is on the board, and facts change it there.
  keepOnBoard(fetched, (page) => ({ rectifications: page?.items ?? [] }))
  const source = computed(() =>
    isFetched.value
      ? (fetched.data.value?.items ?? []).map((one) => city.board.rectifications.get(one.id) ?? one)
      : [...city.board.rectifications.values()],
  )
  const rectifications = computed(() =>
    source.value
      .filter((rectification) => matchesRectification(rectification, filters(), city.minute, me.value))
      .sort((a, b) => byStage(a, b) || byUrgency(a, b)),
  )
  const isLoaded = computed(() => (isFetched.value ? fetched.data.value !== undefined : city.isLoaded))
  return {
    rectifications,
    data: computed(() => (isLoaded.value ? rectifications.value : undefined)),
    error: computed(() => fetched.error.value),
    beyond: computed(() => {
      const page = isFetched.value ? fetched.data.value : undefined
      return page ? page.total - page.items.length : 0
    }),
    reload: fetched.reload,
  }
}
