import type { LetterState } from '../../../shared/census/letters/letters-rules.ts'
import { call } from '../../base/call.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'

export interface LettersAsked {
  readonly state?: LetterState | 'open' | 'all'
  readonly urgent?: 'true'
  readonly q?: string | undefined
}

/** Letters, a page at a time. No fact tells of them: they are asked for again each minute. */
export const useLetters = (asked: () => LettersAsked) =>
  usePages(asked, (filter, cursor) => call('letters', { query: { ...filter, cursor, limit: 50 } }), {
    again: 'minute',
  })

export const everyLetter = (asked: LettersAsked) =>
  everyPage((paging) => call('letters', { query: { ...asked, ...paging, limit: 200 } }))
