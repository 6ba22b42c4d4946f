import type { Effect, Tier } from './editions.ts'

/**
 * Points that a rule takes for what was counted; a veto takes none, it fails the site by itself.
 * @param count null: there is nothing to count in, as no such column.
 */
export function costOf(effect: Effect, count: number | null, isPortal: boolean): number {
  switch (effect.form) {
    case 'veto':
      return 0
    case 'each':
      return cents(Math.min(effect.points * (count ?? 0), effect.most ?? Number.POSITIVE_INFINITY))
    case 'per': {
      const times = (count ?? 0) / effect.per
      return cents((effect.round === 'down' ? Math.floor(times) : times) * effect.points)
    }
    case 'tiers':
      return effect.tiers.find((tier) => holds(tier, count, isPortal))?.points ?? 0
  }
}

function holds({ if: { absent, from, below } }: Tier, count: number | null, isPortal: boolean): boolean {
  if (count === null) return absent === true
  if (absent || (from !== undefined && count < from)) return false
  if (below === undefined) return true
  return count < (typeof below === 'number' ? below : isPortal ? below.portal : below.other)
}

/** Whether a rule says what it costs that there is nothing to count in. */
export const mayBeAbsent = ({ effect }: { readonly effect: Effect }): boolean =>
  effect.form === 'tiers'
    ? effect.tiers.some((tier) => tier.if.absent)
    : effect.form === 'veto' && effect.absent === true

/** Points have two decimals; a tenth of a point is what the cheapest rule takes. */
export const cents = (value: number): number => Math.round(value * 100) / 100
