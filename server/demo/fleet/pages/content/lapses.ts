import type { AccessFault } from '../../../../../shared/monitor/page-checks/page-checks-rules.ts'
import { chance } from '../../../cast/random.ts'
import type { Look } from '../../../cast/traits.ts'
import lapses from './lapses.json' with { type: 'json' }

/** What of a made-up site is not accessible. */
export type Lapse = keyof typeof lapses

/** Of old templates on every site that has them. */
const OF_LOOK: Partial<Record<Look, readonly Lapse[]>> = { asp: ['marquee', 'contrast'], jcms: ['alt'] }

/** What a site's pages lack: by their template, and here and there a search field without a name. */
export const lapsesOf = (look: Look, salt: number): readonly Lapse[] => [
  ...(OF_LOOK[look] ?? []),
  ...(chance(salt, 231) < 0.06 ? (['label'] as const) : []),
]

/** A lapse as axe-core tells it. */
export function toldOf(lapse: Lapse, places: number): AccessFault {
  const { selector, html, ...fault } = lapses[lapse] as Omit<AccessFault, 'places' | 'first'> & {
    readonly selector: string
    readonly html: string
  }
  return { ...fault, places, first: [{ selector, html }] }
}
