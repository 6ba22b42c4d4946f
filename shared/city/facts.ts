import { z } from 'zod'
import { DRAFT_FACTS } from '../census/documents/facts.ts'
import { FINDING_FACTS } from '../census/findings/facts.ts'
import { NOTE_FACTS } from '../desk/notebook/facts.ts'
import { PROPOSAL_FACTS } from '../monitor/inspections/facts.ts'
import { nounFacts } from '../nouns.ts'

/** Every fact there is, as it is told. */
export const fact = z.discriminatedUnion('kind', nounFacts)

/** What those who look after a place keep to themselves: the unit that a site belongs to neither reads nor hears it. */
export const DESK_FACTS: readonly string[] = [
  ...NOTE_FACTS,
  ...FINDING_FACTS,
  ...DRAFT_FACTS,
  ...PROPOSAL_FACTS,
]
