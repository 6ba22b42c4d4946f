import { computed } from 'vue'
import { call } from '../../base/call.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

/** The editions that there are, and the code of the one in force. */
export function useEditions() {
  const query = useQuery(
    () => null,
    () => call('editions'),
    { facts: ({ kind }) => kind === 'register.changed' },
  )
  const items = computed(() => query.data.value ?? [])
  const inForce = computed(() => items.value.find(({ state }) => state === 'inForce')?.code ?? null)
  return { query, items, inForce }
}

/** One edition in whole; null: none is asked for. */
export const useEdition = (code: () => string | null) =>
  useQuery(code, (wanted) => (wanted === null ? null : call('edition', { params: { code: wanted } })))
