import type { Filing, FilingAct } from '../../../shared/register/filings/filings.ts'

/** What is done about a filing by its buttons; documents are added beside it. */
export type FilingStep = Exclude<FilingAct, 'attach'>

export const stepsOf = ({ may }: Filing): FilingStep[] => may.filter((step) => step !== 'attach')
