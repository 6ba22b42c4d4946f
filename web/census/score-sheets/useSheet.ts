import { call } from '../../base/call.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'
import { useEdition } from '../../register/rule-editions/useEditions.ts'

interface SheetAsked {
  readonly id: number
  /** Local day; undefined: today. */
  readonly on: string | undefined
  /** Undefined: the edition in force. */
  readonly edition: string | undefined
}

/** The sheet of a site, anew when something is found out about it, and the edition that it goes by. */
export function useSheet(asked: () => SheetAsked, changes: () => unknown = () => null) {
  const query = useQuery(
    () => [asked(), changes()] as const,
    ([{ id, on, edition }]) =>
      call('siteSheet', { params: { id }, query: { ...(on && { on }), ...(edition && { edition }) } }),
    { of: ([one]) => one, facts: (fact) => fact.siteId === asked().id },
  )
  const sheet = query.data
  const { data: edition } = useEdition(() =>
    sheet.value ? `${sheet.value.edition}@${sheet.value.revision}` : null,
  )
  return { query, sheet, edition }
}
