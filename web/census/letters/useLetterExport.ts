import type { Letter } from '../../../shared/census/letters/letters.ts'
import type { ExportTable } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { everyLetter, type LettersAsked } from './useLetters.ts'

/** The letters to take along: nothing of who wrote them. */
export function useLetterExport(asked: () => LettersAsked): () => ExportTable<Letter> {
  const { t } = useWords()
  return () => ({
    title: t('letters.title'),
    rows: () => everyLetter(asked()),
    columns: [
      { label: t('letters.number'), value: ({ number }) => number },
      { label: t('letters.kind'), value: ({ kind }) => t(`letters.kinds.${kind}`) },
      { label: t('letters.titleOf'), value: ({ title }) => title, width: 40 },
      { label: t('letters.column.unit'), value: ({ unit }) => unit?.name ?? '', width: 30 },
      { label: t('letters.column.state'), value: ({ state }) => t(`letters.states.${state}`) },
      { label: t('letters.standing'), value: ({ standing }) => t(`letters.standings.${standing}`) },
      { label: t('letters.received'), value: ({ receivedOn }) => receivedOn },
      { label: t('letters.due'), value: ({ dueOn }) => dueOn },
      { label: t('letters.answered'), value: ({ firstAnsweredOn }) => firstAnsweredOn ?? '' },
      { label: t('letters.rating'), value: ({ rating }) => rating },
    ],
  })
}
