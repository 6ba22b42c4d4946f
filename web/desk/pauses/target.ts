import type { PauseTarget } from '../../../shared/desk/pauses/pauses.ts'
import type { PauseKind } from '../../../shared/desk/pauses/pauses-rules.ts'

export interface Named {
  readonly id: number
  readonly name: string
}

/** What is chosen to be paused, with its name, so that a draft shows it again. */
export interface Chosen {
  readonly kind: PauseKind
  readonly one: Named | null
  readonly district: string
}

/** What was chosen as the contract has it; null while nothing is. */
export function targetOf({ kind, one, district }: Chosen): PauseTarget | null {
  const place = district || undefined
  if (kind === 'district') return place ? { kind, district: place } : null
  if (!one) return null
  if (kind === 'site') return { kind, siteId: one.id }
  return kind === 'unit' ? { kind, unitId: one.id } : { kind, platform: one.name, district: place }
}
