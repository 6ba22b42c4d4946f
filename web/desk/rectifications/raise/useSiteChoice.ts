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
/** The server gives no more at a time. */
const MOST_ASKED = 1_000

/**
 * The sites to choose from: those chosen first, whatever is typed, then what the server finds by name, code, address or unit.
 * Without a text it finds nothing.
 */
export function useSiteChoice(text: () => string, chosen: () => readonly ChosenSite[]) {
  const query = useQuery(
    () => ({ q: text().trim(), limit: Math.min(MOST_ASKED, MOST + chosen().length) }),
    ({ q, limit }) => (q === '' ? null : call('sites', { query: { q, limit } })),
    { of: () => null },
  )
  /** Of those that are found, without the chosen; nothing is raised about a site that was merged. */
  const others = computed(() => {
    const ids = new Set(chosen().map(({ id }) => id))
    const items = query.data.value?.items ?? []
    return items.filter(({ id, lifecycle }) => !ids.has(id) && lifecycle !== 'merged').slice(0, MOST)
  })
  const rows = computed((): readonly ChosenSite[] => [
    ...chosen(),
    ...others.value.map(({ id, name, district }) => ({ id, name, district })),
  ])
  /** How many were found beyond those that are listed. */
  const beyond = computed(() => {
    const page = query.data.value
    if (!page) return 0
    const listed = new Set(rows.value.map(({ id }) => id))
    const seen = page.items.filter(({ id, lifecycle }) => listed.has(id) || lifecycle === 'merged').length
    return page.total - seen
  })
  return { query, rows, beyond }
}
