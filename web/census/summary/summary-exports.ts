import type { Summary } from '../../../shared/census/summary/summary.ts'
import { QUESTIONS } from '../../../shared/census/summary/summary-rules.ts'
import type { ExportTable } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'
import type { ChangeRow } from './ChangeTable.vue'

type Month = Summary['trend'][number]
type Mover = Summary['best'][number]
type Heat = Summary['heat'][number]
type InTheWay = Summary['inTheWay']['sites'][number]
const OUTCOMES = ['passed', 'failed', 'vetoed', 'open'] as const

/** The tables of the month at a glance, to take along: each as it stands beside its chart. */
export function useSummaryExports(month: () => string) {
  const { t } = useWords()
  const districtName = useDistrictName()
  const title = (name: string) => `${t('summary.title')} ${month()} ${name}`
  return {
    changes: (name: string, label: string, rows: readonly ChangeRow[]): ExportTable<ChangeRow> => ({
      ...{ title: title(name), rows: () => rows },
      columns: [
        { label, value: ({ name: own }) => own, width: 32 },
        { label: t('summary.before'), value: ({ before }) => before },
        { label: t('summary.now'), value: ({ now }) => now },
        { label: t('summary.change'), value: ({ now, before }) => Math.round((now - before) * 100) / 100 },
      ],
    }),
    outcomes: (rows: readonly Month[]): ExportTable<Month> => ({
      ...{ title: title(t('summary.trend')), rows: () => rows },
      columns: [
        { label: t('summary.month'), value: (one) => one.month },
        ...OUTCOMES.map((name) => ({
          label: t(`summary.outcome.${name}`),
          value: ({ outcomes }: Month) => outcomes[name],
        })),
      ],
    }),
    questions: (rows: readonly Month[]): ExportTable<Month> => ({
      ...{ title: title(t('summary.questions')), rows: () => rows },
      columns: [
        { label: t('summary.month'), value: (one) => one.month },
        ...QUESTIONS.map((name) => ({
          label: t(`summary.question.${name}`),
          value: ({ questions }: Month) => questions[name],
        })),
      ],
    }),
    heat: (
      rows: readonly Heat[],
      rules: readonly string[],
      nameOf: (rule: string) => string,
    ): ExportTable<Heat> => ({
      ...{ title: title(t('summary.heat')), rows: () => rows },
      columns: [
        { label: t('summary.district'), value: ({ district }) => districtName(district), width: 20 },
        { label: t('summary.sites'), value: ({ sites }) => sites },
        ...rules.map((rule) => ({ label: nameOf(rule), value: (one: Heat) => one.rules[rule] ?? 0 })),
      ],
    }),
    movers: (name: string, rows: readonly Mover[]): ExportTable<Mover> => ({
      ...{ title: title(name), rows: () => rows },
      columns: [
        { label: t('summary.site'), value: (one) => one.name, width: 36 },
        { label: t('summary.district'), value: ({ district }) => districtName(district) },
        { label: t('summary.before'), value: ({ before }) => before },
        { label: t('summary.now'), value: ({ now }) => now },
      ],
    }),
    inTheWay: (rows: readonly InTheWay[]): ExportTable<InTheWay> => ({
      ...{ title: title(t('summary.zero')), rows: () => rows },
      columns: [
        { label: t('summary.site'), value: (one) => one.name, width: 36 },
        { label: t('summary.district'), value: ({ district }) => districtName(district) },
        { label: t('summary.outcome.vetoed'), value: ({ vetoes }) => vetoes.join(' ') },
      ],
    }),
  }
}
