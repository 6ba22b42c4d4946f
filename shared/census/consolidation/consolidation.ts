import { z } from 'zod'
import { sentId } from '../../base/ids.ts'
import { sentDay } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { level } from '../../register/sites/sites.ts'
import { MOST_MOVE_NOTE, MOST_PLATFORM_NAME, MOVE_STATES } from './consolidation-rules.ts'

export * from './consolidation-rules.ts'

const platformName = sentText.trim().min(1).max(MOST_PLATFORM_NAME)
const note = sentText.max(MOST_MOVE_NOTE)

/** Whose a platform is and what it carries, of what the reader may see. */
export const platform = z.object({
  name: z.string(),
  /** 0: nobody has said anything of it yet. */
  version: z.int(),
  owner: z.object({ id: z.int(), name: z.string() }).nullable(),
  address: z.string().nullable(),
  note: z.string(),
  /** Sites on it are consolidated. */
  isShared: z.boolean(),
  /** Null: it follows from how many units have sites on it. */
  isSharedSaid: z.boolean().nullable(),
  sites: z.int(),
  districts: z.int(),
  units: z.int(),
  /** Failures in the last twelve months by which several sites fell, and hours of sites lost to them. */
  failures: z.int(),
  siteHours: z.number(),
  /** Sites that are to move to it. */
  coming: z.int(),
})
export type Platform = z.infer<typeof platform>

export const platformSaid = z.object({
  name: platformName,
  version: z.int().min(0),
  unitId: sentId.nullable().default(null),
  address: sentText.max(200).nullable().default(null),
  note: note.default(''),
  isShared: z.boolean().nullable().default(null),
})
export type PlatformSaid = z.output<typeof platformSaid>

/** What one failure of a platform takes down, and what its failures took down. */
export const platformImpact = z.object({
  name: z.string(),
  sites: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      district: z.string(),
      unit: z.string(),
      level,
      isPortal: z.boolean(),
    }),
  ),
  total: z.int(),
  byDistrict: z.array(z.object({ district: z.string(), sites: z.int() })),
  /** Letters of citizens in the last twelve months to the units whose sites are on it; null for whoever may read none. */
  letters: z.int().nullable(),
  /** Columns with news, notices, services and the like that its sites have. */
  columns: z.int(),
  failures: z.array(
    z.object({
      id: z.int(),
      from: z.iso.datetime(),
      /** Null: it lasts. */
      to: z.iso.datetime().nullable(),
      sites: z.int(),
    }),
  ),
})
export type PlatformImpact = z.infer<typeof platformImpact>

/** How far it has come: of the sites of a district, those on shared platforms, and those that should not stand alone and do. */
const share = z.object({ sites: z.int(), shared: z.int(), alone: z.int() })
export const consolidation = z.object({
  districts: z.array(share.extend({ district: z.string() })),
  /** At the ends of days, as far as it was kept. */
  days: z.array(share.extend({ day: z.string() })),
})
export type Consolidation = z.infer<typeof consolidation>
export type ShareOfDistrict = Consolidation['districts'][number]
export type ShareOfDay = Consolidation['days'][number]

/** What the monitor has seen of a move: where the address of the site leads now, or the notice on its page. */
export const moveProof = z.object({
  kind: z.enum(['redirect', 'notice']),
  at: z.iso.datetime(),
  /** The address that it leads to; what the notice says. */
  said: z.string(),
})
export type MoveProof = z.infer<typeof moveProof>

export const move = z.object({
  id: z.int(),
  version: z.int(),
  siteId: z.int(),
  siteName: z.string(),
  code: z.string(),
  district: z.string(),
  unit: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  plannedOn: z.string(),
  doneOn: z.string().nullable(),
  state: z.enum(MOVE_STATES),
  /** Its day is past and it is still planned. */
  isLate: z.boolean(),
  note: z.string(),
  proof: moveProof.nullable(),
  planned: z.object({ by: person, at: z.iso.datetime() }),
  settled: z.object({ by: person, at: z.iso.datetime() }).nullable(),
  may: z.array(z.enum(['finish', 'cancel'])),
})
export type Move = z.infer<typeof move>

export const newMove = z.object({
  siteId: sentId,
  to: platformName,
  plannedOn: sentDay,
  note: note.default(''),
})
export type NewMove = z.output<typeof newMove>
const version = z.int().min(1)
export const moveDone = z.object({ version, doneOn: sentDay })
export const moveCancelled = z.object({ version, note: note.min(1) })

/** A site that stands alone though a rule says that it should not. */
export const aloneSite = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  district: z.string(),
  unit: z.string(),
  level,
  platform: z.string().nullable(),
  rules: z.array(z.string()),
  /** Where it is planned to move. */
  move: z.object({ to: z.string(), plannedOn: z.string(), isLate: z.boolean() }).nullable(),
})
export type AloneSite = z.infer<typeof aloneSite>
