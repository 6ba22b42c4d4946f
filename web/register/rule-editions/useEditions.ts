import { computed } from 'vue'
import type { EditionItem } from '../../../shared/register/rule-editions/editions.ts'
import { call } from '../../base/call.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

/** What names one revision in addresses: `gz-2026@2`; of what comes with the product there is one, named by its code. */
export const keyOf = ({ code, revision, own }: Pick<EditionItem, 'code' | 'revision' | 'own'>): string =>
  own ? `${code}@${revision}` : code

/** The editions that there are, and the one in force. */
export function useEditions() {
  const query = useQuery(
    () => null,
    () => call('editions'),
    { facts: ({ kind }) => kind === 'register.changed' },
  )
  const items = computed(() => query.data.value ?? [])
  const current = computed(() => items.value.find(({ state }) => state === 'inForce') ?? null)
  /** Of each code the newest that is published: what something can be judged by. */
  const codes = computed(() => {
    const published = items.value.filter(({ state }) => state !== 'draft')
    return [...new Map(published.map((item) => [item.code, item])).values()]
  })
  return { query, items, codes, current, inForce: computed(() => current.value?.code ?? null) }
}

/** One edition in whole, by its code or by what `keyOf` makes; null: none is asked for. */
export const useEdition = (key: () => string | null) =>
  useQuery(key, (wanted) => {
    if (wanted === null) return null
    const [code = '', revision] = wanted.split('@')
    return call('edition', { params: { code }, query: revision ? { revision: Number(revision) } : {} })
  })
