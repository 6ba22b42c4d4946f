import type { WrongWord } from '../../../shared/monitor/wrong-words/wrong-words.ts'
import { WORD_KINDS } from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import { call } from '../../base/call.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { type Pages, usePages } from '../../base/ui/lists/usePages.ts'

export interface WordFilters {
  readonly q: string
  readonly kind: string
  readonly state: string
}

const queryOf = ({ q, kind, state }: WordFilters) => ({
  q: q || undefined,
  kind: WORD_KINDS.find((one) => one === kind),
  state: state === 'on' || state === 'off' ? (state as 'on' | 'off') : undefined,
})

/** Words of the dictionary; fetched again after each change. */
export const useWrongWords = (filters: () => WordFilters): Pages<WrongWord> =>
  usePages(filters, (wanted, cursor) =>
    call('wrongWords', { query: { ...queryOf(wanted), cursor, limit: 100 } }),
  )

/** All of them, to take along. */
export const everyWrongWord = (wanted: WordFilters): AsyncGenerator<WrongWord> =>
  everyPage((paging) => call('wrongWords', { query: { ...queryOf(wanted), ...paging } }))

/** The dictionary to take along, with the columns by which it can be loaded again. */
export function useWordExport(rows: ExportTable<WrongWord>['rows']): () => ExportTable<WrongWord> {
  const { t } = useWords()
  const column = (name: 'wrong' | 'right' | 'kind' | 'near' | 'apart' | 'note') =>
    t(`wrongWords.import.column.${name}`)
  return () => ({
    title: t('nav.wrongWords'),
    rows,
    columns: [
      { label: column('wrong'), value: ({ wrong }) => wrong, width: 24 },
      { label: column('right'), value: ({ right }) => right, width: 24 },
      { label: column('kind'), value: ({ kind }) => t(`wrongWords.kinds.${kind}`), width: 18 },
      { label: column('near'), value: ({ near }) => near.join(t('wrongWords.join')) || null, width: 24 },
      { label: column('apart'), value: ({ apart }) => apart.join(t('wrongWords.join')) || null, width: 24 },
      { label: column('note'), value: ({ note }) => note || null, width: 24 },
      { label: t('wrongWords.state'), value: ({ isOn }) => t(`wrongWords.${isOn ? 'on' : 'off'}`) },
      {
        label: t('wrongWords.origin'),
        value: ({ isBuiltIn }) => t(`wrongWords.${isBuiltIn ? 'builtIn' : 'own'}`),
      },
      { label: t('wrongWords.changedAt'), value: ({ changedAt }) => instant(changedAt), width: 18 },
      { label: t('wrongWords.changedBy'), value: ({ changedBy }) => changedBy },
    ],
  })
}
