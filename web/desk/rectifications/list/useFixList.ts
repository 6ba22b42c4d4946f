import { type ComputedRef, computed } from 'vue'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import {
  FIX_SOURCES,
  isAtRisk,
  isOverdue,
  isPaused,
  WORKING_STAGES,
} from '../../../../shared/desk/rectifications/rectifications-rules.ts'
import { call } from '../../../base/call.ts'
import { useCity } from '../../../base/live/store.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'
import { byUrgency } from '../due.ts'

export interface FixFilters {
  /**
   * `open`, `asked`, `atRisk`, `overdue`, `paused`, `closed`, `verifying` (which includes what waits for the monitor) or
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

function hasStage(fix: Rectification, stage: string, now: number): boolean {
  if (stage === 'open' || stage === '') return fix.stage !== 'closed'
  if (stage === 'asked') return fix.request !== null
  if (stage === 'overdue') return isOverdue(fix, now)
  if (stage === 'atRisk') return isAtRisk(fix, now)
  if (stage === 'paused') return WORKING_STAGES.some((one) => one === fix.stage) && isPaused(fix, now)
  if (stage === 'verifying') return fix.stage === 'submitted' || fix.stage === 'verifying'
  return fix.stage === stage
}

function hasText(fix: Rectification, q: string): boolean {
  const text = q.trim().toLowerCase()
  const { siteName, unit, assignee, problem, reference, id } = fix
  return [siteName, unit, assignee?.name, problem, reference, `#${id}`].some((value) =>
    value?.toLowerCase().includes(text),
  )
}

/** Whether a fix is among those that the filters ask for. */
export function matchesFix(fix: Rectification, filters: FixFilters, now: number): boolean {
  return (
    hasStage(fix, filters.stage, now) &&
    (filters.district === '' || fix.district === filters.district) &&
    (filters.unit === '' || fix.unitId === Number(filters.unit)) &&
    (filters.source === '' || fix.source === filters.source) &&
    (filters.relapsed === '' || fix.relapses > 0) &&
    (filters.batch === '' || fix.batchId === Number(filters.batch)) &&
    hasText(fix, filters.q)
  )
}

/** What of the filters the server can look for among closed fixes. */
export function closedQuery({ district, unit, source, relapsed, batch }: FixFilters) {
  const query = { stage: 'closed', limit: MOST_CLOSED, district } as const
  return {
    ...query,
    ...(unit && { unit: Number(unit) }),
    ...(batch && { batch: Number(batch) }),
    ...(relapsed && { relapsed: 'true' as const }),
    source: FIX_SOURCES.find((one) => one === source),
  }
}

export interface FixList {
  /** Most urgent first; `fixes` is none, and `data` undefined, while they are not known. */
  readonly fixes: ComputedRef<readonly Rectification[]>
  readonly data: ComputedRef<readonly Rectification[] | undefined>
  readonly error: ComputedRef<unknown>
  /** How many there are beyond the latest that were fetched. */
  readonly beyond: ComputedRef<number>
  reload(): Promise<void>
}

/** The fixes that the filters ask for: open ones from the board, closed ones (the latest) from the server. */
export function useFixList(filters: () => FixFilters): FixList {
  const city = useCity()
  const wantsClosed = computed(() => filters().stage === 'closed')
  const closed = useQuery(
    () => (wantsClosed.value ? filters() : null),
    (wanted) => wanted && call('rectifications', { query: closedQuery(wanted) }),
    { facts: (fact) => wantsClosed.value && fact.kind.startsWith('rectification.') },
  )
  const source = computed(() =>
    wantsClosed.value ? (closed.data.value?.items ?? []) : [...city.board.rectifications.values()],
  )
  const fixes = computed(() =>
    source.value.filter((fix) => matchesFix(fix, filters(), city.minute)).sort(byUrgency),
  )
  const isLoaded = computed(() => (wantsClosed.value ? closed.data.value !== undefined : city.isLoaded))
  return {
    fixes,
    data: computed(() => (isLoaded.value ? fixes.value : undefined)),
    error: computed(() => closed.error.value),
    beyond: computed(() => {
      const page = wantsClosed.value ? closed.data.value : undefined
      return page ? page.total - page.items.length : 0
    }),
    reload: closed.reload,
  }
}
