import { z } from 'zod'
import { person } from '../../base/person.ts'
import { crossCheck } from '../../monitor/imprints/imprints.ts'
import { level } from '../../register/sites/sites.ts'
import { SHEET_OUTCOMES } from '../score-sheets/sheets-rules.ts'
import { guard, newGuard } from './guards/guards.ts'
import { DRAWS, MOST_WORDS, ROUND_KINDS, ROUND_STATES, STANDINGS, STRATA } from './rounds-rules.ts'

const day = z.iso.date()
const words = z.string().trim().max(MOST_WORDS)
/** It is joined to the code of a site, and copied by hand. */
export const seed = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^|\p{C}]+$/u)

/** How sites are drawn. */
export const sample = z.object({
  /** Part of the sites that is checked: above 0, at most 1. */
  share: z.number().gt(0).max(1),
  strata: z
    .array(z.enum(STRATA))
    .max(2)
    .default([...STRATA]),
  /** Part of those drawn that a second person looks at, without seeing the first. */
  second: z.number().min(0).max(1).default(0.2),
})
export type Sample = z.output<typeof sample>

/** A round that is planned. */
export const newRound = z.object({
  kind: z.enum(ROUND_KINDS),
  /** Left out: the edition in force. */
  edition: z.string().max(30).optional(),
  opensOn: day,
  dueOn: day,
  /** For spot checks. A seed that is given here is known before the list; better one is drawn after it (`/draw`). */
  sample: sample.extend({ seed: seed.optional() }).optional(),
  /** Self-checks and reports: when it has been opened, the next one of its kind is planned. */
  repeats: z.boolean().default(false),
  /** Of guarded periods; without it, a poll alone. The days above are those of the poll. */
  guard: newGuard.optional(),
})
export type NewRound = z.output<typeof newRound>

const step = z.object({ by: person.nullable(), at: z.iso.datetime() })

/** How much of a round is done, within the scope of who asks. */
export const roundCount = z.object({
  /** Sites, or what is to be handed in. */
  total: z.int(),
  done: z.int(),
  /** Handed in after the last day. */
  late: z.int(),
  /** Past the last day and still not there. */
  overdue: z.int(),
})
export type RoundCount = z.infer<typeof roundCount>

export const round = z.object({
  id: z.int(),
  version: z.int(),
  number: z.string(),
  kind: z.enum(ROUND_KINDS),
  state: z.enum(ROUND_STATES),
  standing: z.enum(STANDINGS),
  edition: z.string(),
  /** Of the edition; null until the round is opened. */
  revision: z.int().nullable(),
  opensOn: day,
  dueOn: day,
  repeats: z.boolean(),
  guard: guard.nullable(),
  sample: sample.nullable(),
  /** SHA-256 of the list of sites, published when the round is opened. */
  frameHash: z.string().nullable(),
  seed: z.string().nullable(),
  /** The seed was known before the list was fixed. */
  seedFirst: z.boolean(),
  /** Sites in the list; 0 until the round is opened. */
  sites: z.int(),
  count: roundCount,
  planned: step,
  opened: step.nullable(),
  drawn: step.nullable(),
  /** A deep monitoring that rests. */
  paused: step.nullable(),
  /** Closed or void, with the reason of the latter. */
  ended: step.extend({ note: z.string().nullable() }).nullable(),
  may: z.array(z.enum(['open', 'draw', 'assign', 'pause', 'resume', 'close', 'void'])),
})
export type Round = z.infer<typeof round>

/** A site as it was when the round was opened, and what came of it. */
export const roundSite = z.object({
  siteId: z.int(),
  code: z.string(),
  name: z.string(),
  level,
  district: z.string(),
  unit: z.string(),
  /** Null before the draw, as are rank and draw; of a round without one for good. */
  stratum: z.string().nullable(),
  rank: z.int().nullable(),
  draw: z.enum(DRAWS).nullable(),
  second: z.boolean(),
  result: z.enum(SHEET_OUTCOMES).nullable(),
  points: z.number().nullable(),
  /** Of a deep monitoring: what its home page said of itself, held against the register as it was then. */
  checks: z.array(crossCheck).nullable(),
  /** What is otherwise now than when the round was opened. */
  changed: z.array(z.enum(['name', 'level', 'district', 'unit', 'closed', 'merged'])),
})
export type RoundSite = z.infer<typeof roundSite>

export const stratum = z.object({
  stratum: z.string(),
  sites: z.int(),
  chosen: z.int(),
  /** The last in rank that was chosen. */
  lastRank: z.int(),
})

const tally = z.object({
  total: z.int(),
  done: z.int(),
  late: z.int(),
  overdue: z.int(),
  passed: z.int(),
  failed: z.int(),
  vetoed: z.int(),
  open: z.int(),
})
export type Tally = z.infer<typeof tally>

export const roundProgress = z.object({
  all: tally,
  districts: z.array(tally.extend({ district: z.string() })),
  strata: z.array(stratum),
  /** Two looks that came to the same, of those that both are in; how many of the rest a third person has settled. */
  agreement: z.object({ n: z.int(), agreed: z.int(), settled: z.int() }),
})
export type RoundProgress = z.infer<typeof roundProgress>

export const version = z.object({ version: z.int().min(1) })
export const withReason = version.extend({ reason: words.min(1) })
