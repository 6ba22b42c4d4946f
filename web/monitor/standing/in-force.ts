import type { Limits } from '../../../shared/people/settings/settings-rules.ts'
import { installation } from '../../people/settings/installation.ts'

/** While the server has not said them: shown as no number. */
const NOT_TOLD = Object.fromEntries(
  (
    [
      ...['v1VetoPercent', 'v1WarnPercent', 'v1MinPerDay', 'v1WindowDays', 'v2VetoDays', 'v2WarnDays'],
      ...['v3aVeto', 'v3bVeto', 'v3cVeto'],
    ] as (keyof Limits)[]
  ).map((name) => [name, Number.NaN]),
) as unknown as Limits

/** The limits of the edition that the installation has chosen; read inside a render or a computed, it follows that. */
export const limitsInForce = (): Limits => installation.value.limits ?? NOT_TOLD
