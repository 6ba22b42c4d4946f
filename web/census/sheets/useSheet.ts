import { computed } from 'vue'
import { call } from '../../base/call.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

interface SheetAsked {
  readonly id: number
  /** Local day; undefined: today. */
  readonly on: string | undefined
  /** Undefined: the edition in force. */
  readonly edition: string | undefined
}

/** The sheet of a site, and the edition that it goes by; anew when something is found out about the site. */
export function useSheet(asked: () => SheetAsked, changes: () => unknown = () => null) {
  const query = useQuery(
    () => [asked(), changes()] as const,
    async ([{ id, on, edition }]) => {
      const query = { ...(on ? { on } : {}), ...(edition ? { edition } : {}) }
      const sheet = await call('siteSheet', { params: { id }, query })
      return { sheet, edition: await call('edition', { params: { code: sheet.edition } }) }
    },
    { of: ([one]) => one, facts: (fact) => fact.siteId === asked().id },
  )
  return {
    query,
    sheet: computed(() => query.data.value?.sheet),
    edition: computed(() => query.data.value?.edition),
  }
}
