import type { CensusFinding } from '../../../shared/census/findings/findings.ts'

/** What is done about a finding in a dialog. */
export type FindingStep = Exclude<CensusFinding['may'][number], 'illustrate'>
export const stepsOf = ({ may }: CensusFinding): FindingStep[] =>
  may.filter((step): step is FindingStep => step !== 'illustrate')
