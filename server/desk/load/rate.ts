import { MINUTE } from '../../../shared/base/time.ts'
import type { AlertLoad } from '../../../shared/desk/load/load.ts'
import { LOAD_LIMITS, TEN_MINUTES } from '../../../shared/desk/load/load-rules.ts'

/** Alarms of one ten minutes; `ten` is its number since 1970. */
export interface TenOf {
  readonly ten: number
  readonly alarms: number
}

/** A turn of duty, epoch ms. */
export interface Turn {
  readonly userId: number
  readonly startsMs: number
  readonly endsMs: number
}

/** As many floods are told, the latest. */
const MOST_FLOODS = 5

/** How many people were on duty at the beginning of each ten minutes of a span; somebody at two desks is one person. */
export function peopleOnDuty(turns: readonly Turn[], fromTen: number, toTen: number): Uint16Array {
  const people = new Uint16Array(Math.max(0, toTen - fromTen))
  const seen = new Map<number, Set<number>>()
  for (const { userId, startsMs, endsMs } of turns) {
    const first = Math.max(fromTen, Math.ceil(startsMs / TEN_MINUTES))
    const last = Math.min(toTen, Math.ceil(endsMs / TEN_MINUTES))
    const own = seen.get(userId) ?? new Set()
    seen.set(userId, own)
    for (let ten = first; ten < last; ten++) {
      if (own.has(ten)) continue
      own.add(ten)
      people[ten - fromTen] = (people[ten - fromTen] ?? 0) + 1
    }
  }
  return people
}

type Rate = Pick<AlertLoad, 'tens' | 'unstaffed' | 'rate' | 'peak' | 'inFlood' | 'floods'>

/**
 * What a span asked of each person on duty. Where nobody was, one is reckoned: somebody will have had to look.
 * @param tens those with alarms, in order
 * @param people for each ten minutes from `fromTen` on
 */
export function rateOf(tens: readonly TenOf[], people: Uint16Array, fromTen: number): Rate {
  const headsAt = (ten: number) => Math.max(1, people[ten - fromTen] ?? 0)
  const perPerson = tens.reduce((sum, { ten, alarms }) => sum + alarms / headsAt(ten), 0)
  const busiest = tens.reduce<TenOf | null>(
    (most, one) => (most && most.alarms / headsAt(most.ten) >= one.alarms / headsAt(one.ten) ? most : one),
    null,
  )
  const flooded = tens.filter(({ ten, alarms }) => alarms / headsAt(ten) > LOAD_LIMITS.flood)
  return {
    tens: people.length,
    unstaffed: people.filter((one) => one === 0).length,
    rate: people.length === 0 ? 0 : perPerson / people.length,
    peak: busiest && { at: instant(busiest.ten), alarms: busiest.alarms, people: headsAt(busiest.ten) },
    inFlood: flooded.length,
    floods: floodsOf(flooded).slice(-MOST_FLOODS).reverse(),
  }
}

/** Ten minutes that follow each other are one flood. */
function floodsOf(flooded: readonly TenOf[]): Rate['floods'] {
  const floods: { first: number; last: number; alarms: number }[] = []
  for (const { ten, alarms } of flooded) {
    const before = floods.at(-1)
    if (before && before.last + 1 === ten) {
      before.last = ten
      before.alarms += alarms
    } else floods.push({ first: ten, last: ten, alarms })
  }
  return floods.map(({ first, last, alarms }) => ({ at: instant(first), until: instant(last + 1), alarms }))
}

/** The busiest ten minutes and the average of each step that has alarms. */
export function stepsOf(tens: readonly TenOf[], stepMinutes: number): AlertLoad['steps'] {
  const each = (stepMinutes * MINUTE) / TEN_MINUTES
  const steps = new Map<number, { busiest: number; sum: number }>()
  for (const { ten, alarms } of tens) {
    const step = Math.floor(ten / each)
    const { busiest = 0, sum = 0 } = steps.get(step) ?? {}
    steps.set(step, { busiest: Math.max(busiest, alarms), sum: sum + alarms })
  }
  return [...steps].map(([step, { busiest, sum }]) => ({
    at: instant(step * each),
    busiest,
    average: Math.round((sum / each) * 100) / 100,
  }))
}

const instant = (ten: number): string => new Date(ten * TEN_MINUTES).toISOString()
