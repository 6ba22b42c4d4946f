import { type ComputedRef, computed } from 'vue'
import { isOverdue, type Rectification } from '../../shared/rectifications.ts'
import { useFactRefresh } from '../audit/useFactRefresh.ts'
import { call } from '../call.ts'
import { useCity } from '../city/store.ts'
import { useRemote } from '../ui/useRemote.ts'
import { byUrgency } from './due.ts'

export interface FixFilters {
  /** `open`, `overdue`, `closed`, `verifying` (which includes what waits for the monitor) or another stage. */
  readonly stage: string
  readonly district: string
  readonly q: string
}

const MOST_CLOSED = 500

function hasStage(fix: Rectification, stage: string, today: string): boolean {
  if (stage === 'open' || stage === '') return fix.stage !== 'closed'
  if (stage === 'overdue') return isOverdue(fix, today)
  if (stage === 'verifying') return fix.stage === 'submitted' || fix.stage === 'verifying'
  return fix.stage === stage
}

function hasText(fix: Rectification, q: string): boolean {
  const text = q.trim().toLowerCase()
  return [fix.siteName, fix.unit, fix.assignee?.name ?? '', `#${fix.id}`].some((value) =>
    value.toLowerCase().includes(text),
  )
}

/** Whether a fix is among those that the filters ask for. */
export function matchesFix(fix: Rectification, filters: FixFilters, today: string): boolean {
  return (
    hasStage(fix, filters.stage, today) &&
    (filters.district === '' || fix.district === filters.district) &&
    hasText(fix, filters.q)
  )
}

export interface FixList {
  readonly fixes: ComputedRef<readonly Rectification[]>
  readonly error: ComputedRef<unknown>
  readonly isLoaded: ComputedRef<boolean>
  /** How many there are beyond the latest that were fetched. */
  readonly beyond: ComputedRef<number>
}

/** The fixes that the filters ask for: open ones from the board, closed ones (the latest) from the server. */
export function useFixList(filters: () => FixFilters): FixList {
  const city = useCity()
  const wantsClosed = computed(() => filters().stage === 'closed')
  const closed = useRemote(
    () => (wantsClosed.value ? { district: filters().district } : null),
    (query) => query && call('rectifications', { query: { ...query, stage: 'closed', limit: MOST_CLOSED } }),
  )
  useFactRefresh(
    (fact) => wantsClosed.value && fact.kind.startsWith('rectification.'),
    () => closed.reload(),
  )
  const source = computed(() =>
    wantsClosed.value ? (closed.data.value?.items ?? []) : [...city.board.rectifications.values()],
  )
  return {
    fixes: computed(() =>
      source.value.filter((fix) => matchesFix(fix, filters(), city.today)).sort(byUrgency),
    ),
    error: computed(() => closed.error.value),
    beyond: computed(() => {
      const page = wantsClosed.value ? closed.data.value : undefined
      return page ? page.total - page.items.length : 0
    }),
    isLoaded: computed(() => (wantsClosed.value ? closed.data.value !== undefined : city.isLoaded)),
  }
}
