import { z } from 'zod'
import { namedPlace } from '../../base/places.ts'
import { sentText } from '../../base/sent-text.ts'
import { siteState } from '../sites/states.ts'
import { DIVISION_LEVELS } from './divisions-rules.ts'

export * from './divisions-rules.ts'

export const divisionLevel = z.enum(DIVISION_LEVELS)

/** Six digits of GB/T 2260, nine of a street, `bm` and two or four of a ministry, or what an office chose. */
export const divisionCode = sentText.regex(/^[a-z0-9][a-z0-9-]{1,19}$/)

/** The place that the installation is for. `tier` is what its own sites are of, and what words speak of it by. */
export const areaPlace = namedPlace.extend({ tier: divisionLevel })
export type AreaPlace = z.infer<typeof areaPlace>

/** A place in the administration, or one that an office put beside it. */
export const division = namedPlace.extend({
  level: divisionLevel,
  /** Null of the nation. */
  parent: z.string().nullable(),
  /** It is no more: the division that its sites belong to since. */
  successor: z.string().nullable(),
})
export type Division = z.infer<typeof division>

/** One of the tree with the sites in it. `total` counts those of everything below, `counts` by their states. */
export const listedDivision = division.extend({
  total: z.int(),
  counts: z.record(siteState, z.int()),
  /** How many lie right under it. */
  parts: z.int(),
  /** Somebody has added or changed it: it is not, or not as, the product brought it. */
  edited: z.boolean(),
  version: z.int(),
})
export type ListedDivision = z.infer<typeof listedDivision>

/** One that was looked for, with what it lies in, the nearest first and without the nation. */
export const foundDivision = listedDivision.extend({ above: z.array(namedPlace) })
export type FoundDivision = z.infer<typeof foundDivision>

const name = sentText.min(1).max(50)
const about = z.object({
  name,
  nameEn: name,
  level: divisionLevel.exclude(['nation']),
  parent: divisionCode,
  successor: divisionCode.nullable().default(null),
})
export const newDivision = about.extend({ code: divisionCode })
export type NewDivision = z.infer<typeof newDivision>
export const changedDivision = about.extend({ version: z.int() })
export type ChangedDivision = z.infer<typeof changedDivision>
