import type { DocumentKind, DocumentState } from '../../../shared/census/documents/documents-rules.ts'
import { call } from '../../base/call.ts'
import { locale } from '../../base/i18n.ts'
import type { Fact } from '../../base/live/fact.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

const isOne = ({ kind }: Fact): boolean => kind.startsWith('document.')

interface Filter {
  readonly kind?: DocumentKind | undefined
  readonly state?: DocumentState | undefined
}

/** Documents, newest first; told by facts. */
export const useDocuments = (asked: () => Filter) =>
  usePages(asked, (filter, cursor) => call('documents', { query: { ...filter, cursor, limit: 50 } }), {
    facts: isOne,
  })

/** The language of the screen, as the API has it. */
export const languageShown = () => (locale.value === 'en' ? ('en' as const) : ('zh' as const))

/** One document, in the words of the screen once it is made, and who was told of it. */
export function useDocument(id: () => number) {
  const document = useQuery(id, (one) => call('document', { params: { id: one } }), {
    facts: isOne,
    again: 'minute',
  })
  const isMade = () =>
    document.data.value?.dataHash ? { id: id(), version: document.data.value.version } : null
  return {
    document,
    paper: useQuery(
      () => ({ made: isMade(), language: languageShown() }),
      async ({ made, language }) =>
        made && call('documentPaper', { params: { id: made.id }, query: { language } }),
    ),
    receipts: useQuery(id, (one) => call('documentReceipts', { params: { id: one } }), { facts: isOne }),
  }
}
