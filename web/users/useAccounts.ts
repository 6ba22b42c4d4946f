import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { ACCOUNT_STATES, Account } from '../../shared/accounts.ts'
import type { Role } from '../../shared/users.ts'
import { type CallOutput, call } from '../call.ts'
import { useBusy } from '../ui/useBusy.ts'
import { useRemote } from '../ui/useRemote.ts'

export interface Accounts {
  readonly items: ComputedRef<readonly Account[]>
  readonly total: ComputedRef<number>
  readonly hasMore: ComputedRef<boolean>
  readonly error: Readonly<ShallowRef<unknown>>
  readonly isLoaded: ComputedRef<boolean>
  isBusy(key: string): boolean
  more(): Promise<void>
  reload(): Promise<void>
}

/** Accounts, page by page; fetched again after each change. */
export function useAccounts(filters: () => { q: string; role: string; state: string }): Accounts {
  const { isBusy, run } = useBusy()
  const ask = (cursor?: string) => {
    const { q, role, state } = filters()
    const query = {
      q,
      role: (role || undefined) as Role | undefined,
      state: (state || undefined) as (typeof ACCOUNT_STATES)[number] | undefined,
      cursor,
      limit: 200,
    }
    return call('accounts', { query })
  }
  const first = useRemote(filters, () => ask())
  const later = shallowRef<readonly CallOutput<'accounts'>[]>([])
  const pages = computed(() => [...(first.data.value ? [first.data.value] : []), ...later.value])
  const cursor = computed(() => pages.value.at(-1)?.nextCursor ?? null)
  watch(first.data, () => {
    later.value = []
  })
  return {
    items: computed(() => pages.value.flatMap((page) => page.items)),
    total: computed(() => first.data.value?.total ?? 0),
    hasMore: computed(() => cursor.value !== null),
    error: first.error,
    isLoaded: computed(() => first.data.value !== undefined),
    isBusy,
    async more() {
      const from = cursor.value
      const page = from === null ? undefined : await run('more', () => ask(from))
      if (page) later.value = [...later.value, page]
    },
    reload: first.reload,
  }
}
