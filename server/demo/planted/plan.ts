import { QUALITY } from '../../../shared/monitor/quality/quality-rules.ts'
import { dice, type Variant } from './showing.ts'
import { VARIANTS } from './variants/all.ts'

/*
 * What is planted each night on the pages of a test site: the truth. Who serves the pages and who counts afterwards knows
 * it. What looks at the pages cannot: no wing may import the demo.
 */

/** A page of the test site on one night. */
export interface PlantedPage {
  /** Its number, from 1: it stands at `/case/<number>/`. */
  readonly slot: number
  readonly variant: Variant
  /** Minutes of the day from and until which it shows the variant; a look-alike shows it all the time. */
  readonly fromMinute: number
  readonly toMinute: number
}

/** Of each rule so many pages with a fault and so many look-alikes a night, others on the next. */
const FAULTS = 2
const LOOK_ALIKES = 3
/** A fault stands for at least so long, and begins so long after the looking has begun. */
const SHORTEST_MINUTES = 45
const LATEST_START = 105

/**
 * What is planted on a night, the same for everybody who knows the seed.
 * @param night the local day on which it ends
 */
export function planOf(seed: number, night: string): readonly PlantedPage[] {
  const rules = [...new Set(VARIANTS.map(({ rule }) => rule))]
  const chosen = rules.flatMap((rule) => [
    ...drawn(
      VARIANTS.filter((one) => one.rule === rule && one.isFault),
      FAULTS,
      [seed, night, rule, 'fault'],
    ),
    ...drawn(
      VARIANTS.filter((one) => one.rule === rule && !one.isFault),
      LOOK_ALIKES,
      [seed, night, rule],
    ),
  ])
  const { fromMinute, toMinute } = QUALITY.night
  return drawn(chosen, chosen.length, [seed, night, 'order']).map((variant, index) => {
    const start = fromMinute + 10 + (dice(seed, night, index, 'from') % LATEST_START)
    const length =
      SHORTEST_MINUTES + (dice(seed, night, index, 'length') % (toMinute - start - SHORTEST_MINUTES))
    const span = variant.isFault
      ? { fromMinute: start, toMinute: start + length }
      : { fromMinute: 0, toMinute: 24 * 60 }
    return { slot: index + 1, variant, ...span }
  })
}

/** So many of a list, in the order of their dice. */
function drawn<T>(list: readonly T[], most: number, by: readonly (string | number)[]): T[] {
  return list
    .map((one, index) => ({ one, order: dice(...by, index) }))
    .sort((a, b) => a.order - b.order)
    .slice(0, most)
    .map(({ one }) => one)
}
