import { computed } from 'vue'
import { call } from '../../../base/call.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'

/** A site as it is chosen and shown. */
export interface ChosenSite {
  readonly id: number
  readonly name: string
  readonly district: string
}

const MOST = 30

/**
 * The sites to choose from: those chosen first, whatever is typed, then what the server finds by name, code, address or unit.
 * Without a text it finds nothing.
 */
export function useSiteChoice(text: () => string, chosen: () => readonly ChosenSite[]) {
  const query = useQuery(
    () => text().trim(),
    (q) => (q === '' ? null : call('sites', { query: { q, limit: MOST } })),
    { of: () => null },
  )
  const rows = computed((): readonly ChosenSite[] => {
    const ids = new Set(chosen().map(({ id }) => id))
    // Nothing is raised about a site that was merged.
    const found = (query.data.value?.items ?? []).filter(
      ({ id, lifecycle }) => !ids.has(id) && lifecycle !== 'merged',
    )
    return [...chosen(), ...found.map(({ id, name, district }) => ({ id, name, district }))]
  })
  /** How many were found beyond those that are listed. */
  const beyond = computed(() => {
    const page = query.data.value
    return page ? page.total - page.items.length : 0
  })
  return { query, rows, beyond }
}
