import { shortestTerm, type TermLength, termFor } from '../../../../shared/desk/rectifications/deadlines.ts'
import type { Level } from '../../../../shared/register/sites/sites.ts'

/** How long somebody wants to give: one of both, or neither. */
export interface TermInput {
  readonly dueWorkdays?: number | undefined
  readonly dueHours?: number | undefined
}

/** The term that was asked for or, where none was, the default of what the rectification is about. */
export function termWanted(
  { dueWorkdays, dueHours }: TermInput,
  about: { readonly rules: readonly string[]; readonly level: Level },
): TermLength {
  if (dueHours !== undefined) return { hours: dueHours }
  if (dueWorkdays !== undefined) return { workdays: dueWorkdays }
  const terms = about.rules.map((rule) => termFor({ rule, level: about.level }))
  return shortestTerm(terms) ?? termFor({ rule: 'OTHER', level: about.level })
}
