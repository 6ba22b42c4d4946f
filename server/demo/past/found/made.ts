import type { MadeOf, MadeProblem } from './kinds.ts'
import { untitledPages } from './titles.ts'

/** What each family of rules finds on a demo site, by the fleet's script; a family more is a line here. */
const FAMILIES: readonly ((of: MadeOf) => MadeProblem[])[] = [untitledPages]

/** All that rules of the machine find on a demo site, and what of it was put right. */
export const madeProblems = (of: MadeOf): MadeProblem[] => FAMILIES.flatMap((made) => made(of))
