import { call } from '../../base/call.ts'
import type { Fact } from '../../base/live/fact.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

const isOf = (siteId: number) => (fact: Fact) =>
  fact.kind === 'register.changed' || (fact.kind.startsWith('ledger.') && fact.siteId === siteId)

/** What the register says of a site. */
export const useRecord = (siteId: () => number) =>
  useQuery(siteId, (id) => call('siteRecord', { params: { id } }), { facts: (fact) => isOf(siteId())(fact) })

export interface ChangesAsked {
  readonly id: number
  /** Up to the end of that day. */
  readonly on: string | undefined
  readonly field: string | undefined
}

const PAGE = 20

/** How it came to say that, newest first. */
export const useChanges = (asked: () => ChangesAsked) =>
  usePages(
    asked,
    ({ id, on, field }, cursor) =>
      call('siteChanges', { params: { id }, query: { on, field, cursor, limit: PAGE } }),
    { facts: (fact) => isOf(asked().id)(fact) },
  )
