import type { AlertLoad } from '../../../shared/desk/load/load.ts'
import { LOAD_LIMITS, TEN_MINUTES } from '../../../shared/desk/load/load-rules.ts'
import { call } from '../../base/call.ts'
import { minute } from '../../base/ui/controls/minute.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

/** The load of the last days, asked for again every ten minutes. */
export function useAlertLoad(days: () => number, district: () => string = () => '') {
  return useQuery(
    () => ({ days: days(), district: district(), ten: Math.floor(minute.value / TEN_MINUTES) }),
    (asked) => call('alertLoad', { query: { days: asked.days, district: asked.district || undefined } }),
    { of: ({ days: span, district: place }) => [span, place] },
  )
}

/** What the last day asked of each on duty, asked for again every ten minutes. */
export function useAlertRate() {
  return useQuery(
    () => Math.floor(minute.value / TEN_MINUTES),
    () => call('alertRate'),
    { of: () => null },
  )
}

/** Alarms in ten minutes for each person, as it is said. */
export const sayRate = (rate: number): number => Math.round(rate * 100) / 100

/** In per cent, or 0 of nothing. */
export const percentOf = (part: number, whole: number): number => (whole === 0 ? 0 : (part * 100) / whole)

/** The figures that have a limit, and whether they keep it. */
export function limitsOf(load: AlertLoad) {
  const inFlood = percentOf(load.inFlood, load.tens)
  const topTen = percentOf(load.fromTopTen, load.alarms + load.folded)
  return {
    rate: { value: load.rate, isOff: load.rate > LOAD_LIMITS.perPerson },
    inFlood: { value: inFlood, isOff: inFlood >= LOAD_LIMITS.inFlood },
    topTen: { value: topTen, isOff: topTen > LOAD_LIMITS.fromTopTen },
    standing: { value: load.standing, isOff: load.standing >= LOAD_LIMITS.standing },
  }
}
