import type { InspectionProblem } from '../../../shared/monitor/inspections/inspections.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'
import { everyProblem, type InspectionRules, type ProblemsAsked, standingOf } from './useInspections.ts'

/** The problems to take along. */
export function useProblemExport(
  asked: () => ProblemsAsked,
  { nameOf, ruleOf, say }: Pick<InspectionRules, 'nameOf' | 'ruleOf' | 'say'>,
): () => ExportTable<InspectionProblem> {
  const { t } = useWords()
  const districtName = useDistrictName()
  const stateOf = (one: InspectionProblem) => t(`inspections.standing.${standingOf(one, ruleOf(one.rule))}`)
  return () => ({
    title: t('inspections.title'),
    rows: () => everyProblem(asked()),
    columns: [
      { label: t('inspections.site'), value: ({ siteName }) => siteName, width: 36 },
      { label: t('districts.district'), value: ({ district }) => districtName(district) },
      { label: t('inspections.unit'), value: ({ unit }) => unit, width: 28 },
      { label: t('inspections.rule'), value: ({ rule }) => nameOf(rule), width: 28 },
      {
        label: t('inspections.severityTitle'),
        value: ({ severity }) => t(`inspections.severity.${severity}`),
      },
      { label: t('inspections.what'), value: ({ said }) => say(said), width: 40 },
      { label: t('inspections.excerpt'), value: ({ excerpt }) => excerpt, width: 44 },
      { label: t('inspections.page'), value: ({ url }) => url, width: 44 },
      { label: t('inspections.about.place'), value: ({ place }) => place ?? '', width: 28 },
      { label: t('inspections.stateTitle'), value: stateOf },
      { label: t('inspections.firstAt'), value: ({ firstAt }) => instant(firstAt), width: 18 },
      { label: t('inspections.lastAt'), value: ({ lastAt }) => instant(lastAt), width: 18 },
      { label: t('inspections.goneAt'), value: ({ goneAt }) => goneAt && instant(goneAt), width: 18 },
      { label: t('inspections.decidedBy'), value: ({ decided }) => decided?.by.name ?? '' },
      {
        label: t('inspections.decidedAt'),
        value: ({ decided }) => decided && instant(decided.at),
        width: 18,
      },
      { label: t('inspections.note'), value: ({ decided }) => decided?.note ?? '', width: 36 },
      { label: t('inspections.about.why'), value: ({ rule }) => say(ruleOf(rule)?.why), width: 44 },
      { label: t('inspections.about.todo'), value: ({ rule }) => say(ruleOf(rule)?.todo), width: 44 },
      { label: t('inspections.about.source'), value: ({ rule }) => say(ruleOf(rule)?.source), width: 36 },
      { label: t('inspections.version'), value: ({ rule, ruleVersion }) => `${rule} ${ruleVersion}` },
    ],
  })
}
