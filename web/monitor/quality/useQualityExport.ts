import type { RuleQuality } from '../../../shared/monitor/quality/quality.ts'
import {
  missedRate,
  type Rate,
  refusedRate,
  wrongRate,
} from '../../../shared/monitor/quality/quality-rules.ts'
import type { ExportTable } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { thenOf } from './then.ts'
import { useRuleNames } from './useRuleNames.ts'

/** How the rules have done, to take along: counts, shares from 0 to 1 and both ends of their intervals. */
export function useQualityExport(rows: () => readonly RuleQuality[]): () => ExportTable<RuleQuality> {
  const { t } = useWords()
  const nameOf = useRuleNames(rows)
  const rate = (label: string, of: (row: RuleQuality) => Rate) => [
    { label, value: (row: RuleQuality) => of(row).n },
    { label: t('quality.export.of', { what: label }), value: (row: RuleQuality) => of(row).of },
    { label: t('quality.export.share', { what: label }), value: (row: RuleQuality) => of(row).share },
    { label: t('quality.export.low', { what: label }), value: (row: RuleQuality) => of(row).low },
    { label: t('quality.export.high', { what: label }), value: (row: RuleQuality) => of(row).high },
  ]
  return () => ({
    title: t('quality.title'),
    rows,
    columns: [
      { label: t('quality.column.rule'), value: ({ rule }) => nameOf(rule), width: 24 },
      { label: t('quality.export.code'), value: ({ rule }) => rule },
      ...rate(t('quality.column.missed'), missedRate),
      ...rate(t('quality.column.wrong'), wrongRate),
      ...rate(t('quality.column.refused'), ({ marks }) => refusedRate(marks)),
      { label: t('quality.column.unmeasured'), value: ({ unmeasured }) => unmeasured },
      { label: t('quality.export.median'), value: ({ medianS }) => medianS },
      { label: t('quality.export.slowest'), value: ({ slowestS }) => slowestS },
      {
        label: t('quality.column.tells'),
        value: (row) => t(`quality.then.${thenOf(row)}`),
      },
      { label: t('quality.export.held'), value: ({ held }) => held?.low ?? null },
    ],
  })
}
