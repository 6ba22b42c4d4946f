import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { AuditEntry } from '../../shared/audit.ts'
import { type CallOutput, call } from '../call.ts'
import { useBusy } from '../ui/useBusy.ts'
import { useRemote } from '../ui/useRemote.ts'
import { type AuditFilters, queryOf } from './filters.ts'

export interface Audit {
  /** Newest first. */
  readonly entries: ComputedRef<readonly AuditEntry[]>
  readonly total: ComputedRef<number>
  readonly hasMore: ComputedRef<boolean>
  readonly error: Readonly<ShallowRef<unknown>>
  readonly isLoaded: ComputedRef<boolean>
  isBusy(key: string): boolean
  more(): Promise<void>
  reload(): Promise<void>
}

/** Who did what, page by page. It is read, not watched: nothing is pushed. */
export function useAudit(filters: () => AuditFilters): Audit {
  const { isBusy, run } = useBusy()
  const ask = (cursor?: string) => call('audit', { query: { ...queryOf(filters()), cursor, limit: 100 } })
  const latest = useRemote(filters, () => ask())
  const earlier = shallowRef<readonly CallOutput<'audit'>[]>([])
  const pages = computed(() => [...(latest.data.value ? [latest.data.value] : []), ...earlier.value])
  const cursor = computed(() => pages.value.at(-1)?.nextCursor ?? null)
  watch(latest.data, () => {
    earlier.value = []
  })
  return {
    entries: computed(() => pages.value.flatMap((page) => page.items)),
    total: computed(() => latest.data.value?.total ?? 0),
    hasMore: computed(() => cursor.value !== null),
    error: latest.error,
    isLoaded: computed(() => latest.data.value !== undefined),
    isBusy,
    async more() {
      const from = cursor.value
      const page = from === null ? undefined : await run('more', () => ask(from))
      if (page) earlier.value = [...earlier.value, page]
    },
    reload: latest.reload,
  }
}
