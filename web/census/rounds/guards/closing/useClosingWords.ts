import { MINUTE } from '../../../../../shared/base/time.ts'
import type { ClosingReport, ClosingRow } from '../../../../../shared/census/rounds/guards/guards.ts'
import type { ExportTable } from '../../../../base/exports/table.ts'
import { useWords } from '../../../../base/i18n.ts'
import { useDistrictName } from '../../../../base/live/names.ts'
import { ageWords } from '../../../../base/ui/marks/age.ts'

type Row = Omit<ClosingRow, 'district' | 'uncovered'>
type Value = number | Row['taken'] | { readonly n: number; readonly all: number }

interface Figure {
  readonly label: string
  readonly value: (row: Row) => Value
}

/** What the figures of a closing report are called, and how they are written. */
export function useClosingWords() {
  const { t, locale } = useWords()
  const districtName = useDistrictName()
  const figures = (): Figure[] => [
    { label: t('rounds.guards.sum.sites'), value: ({ sites }) => sites },
    { label: t('rounds.guards.sum.visits'), value: ({ visits }) => visits },
    { label: t('rounds.guards.sum.failed'), value: ({ failed }) => failed },
    { label: t('rounds.guards.sum.outages'), value: ({ outages }) => outages },
    { label: t('rounds.guards.sum.outageSites'), value: ({ outageSites }) => outageSites },
    { label: t('rounds.guards.sum.taken'), value: ({ taken }) => taken },
    { label: t('rounds.guards.sum.recovered'), value: ({ recovered }) => recovered },
    { label: t('rounds.guards.sum.rectifications'), value: ({ rectifications }) => rectifications },
    {
      label: t('rounds.guards.sum.rectificationsVerified'),
      value: ({ rectificationsVerified }) => rectificationsVerified,
    },
    { label: t('rounds.guards.sum.poll'), value: ({ answered, asked }) => ({ n: answered, all: asked }) },
    { label: t('rounds.guards.sum.unready'), value: ({ unready }) => unready },
    { label: t('rounds.guards.sum.zero'), value: ({ onTime, due }) => ({ n: onTime, all: due }) },
    { label: t('rounds.guards.sum.late'), value: ({ late }) => late },
    { label: t('rounds.guards.sum.missing'), value: ({ missing }) => missing },
  ]
  const span = (minutes: number) => {
    const { key, n, m } = ageWords(minutes * MINUTE)
    return t(`age.${key}`, { n, m })
  }
  function written(value: Value): string {
    if (typeof value === 'number') return value.toLocaleString(locale.value)
    if ('all' in value) return t('rounds.guards.of', { n: value.n, all: value.all })
    if (value.median === null || value.longest === null) return '—'
    return t('rounds.guards.pair', { a: span(value.median), b: span(value.longest) })
  }
  const table = ({ name, districts }: ClosingReport): ExportTable<ClosingRow> => ({
    title: t('rounds.guards.closingOf', { name }),
    rows: () => districts,
    columns: [
      { label: t('rounds.district'), value: ({ district }) => districtName(district) },
      ...figures().map(({ label, value }) => ({
        label,
        value: (row: ClosingRow) => {
          const of = value(row)
          return typeof of === 'number' ? of : written(of)
        },
      })),
      { label: t('rounds.guards.sum.uncovered'), value: ({ uncovered }) => uncovered },
    ],
  })
  return { figures, written, table }
}
