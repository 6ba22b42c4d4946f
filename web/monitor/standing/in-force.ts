import type { Limits } from '../../../shared/people/settings/settings-rules.ts'
import { installation } from '../../people/settings/installation.ts'

/** While the server has not said them there is no number that would be true. */
const NOT_TOLD: Limits = {
  v1VetoPercent: Number.NaN,
  v1WarnPercent: Number.NaN,
  v1MinPerDay: Number.NaN,
  v1WindowDays: Number.NaN,
  v2VetoDays: Number.NaN,
  v2WarnDays: Number.NaN,
  v3aVeto: Number.NaN,
  v3bVeto: Number.NaN,
  v3cVeto: Number.NaN,
}

/** The limits of the edition that the installation has chosen; read inside a render or a computed, it follows that. */
export const limitsInForce = (): Limits => installation.value.limits ?? NOT_TOLD
