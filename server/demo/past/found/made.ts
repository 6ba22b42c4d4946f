import { lapsesFound } from './accessibility.ts'
import { faultyContent } from './content.ts'
import { forgedDates } from './dates.ts'
import type { MadeOf, MadeProblem } from './kinds.ts'
import { linesAtFault, linesUnmeasured } from './line.ts'
import { marksAtFault } from './marks.ts'
import { mendedProblems } from './mended.ts'
import { outboundProblems } from './outbound.ts'
import { servicesAtFault, servicesUnmeasured } from './services.ts'
import { untitledPages } from './titles.ts'

/** What each family of rules finds on a demo site, by the fleet's script; a family more is a line here. */
const FAMILIES: readonly ((of: MadeOf) => MadeProblem[])[] = [
  untitledPages,
  marksAtFault,
  linesAtFault,
  servicesAtFault,
  outboundProblems,
  faultyContent,
  lapsesFound,
  forgedDates,
]

/** All that rules of the machine find on a demo site, and what of it was put right. */
export function madeProblems(of: MadeOf): MadeProblem[] {
  const there = FAMILIES.flatMap((made) => made(of))
  return [...there, ...mendedProblems(of, there)]
}

/** Rules that cannot say anything of a demo site, by its script, each with the reason. */
export const madeUnmeasured = (of: MadeOf): ReadonlyMap<string, string> =>
  new Map([...linesUnmeasured(of), ...servicesUnmeasured(of)])
