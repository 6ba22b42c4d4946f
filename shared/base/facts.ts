import { z } from 'zod'
import { person } from './person.ts'

/** What every fact says, whatever it is about. */
export const factBase = {
  /** Gapless, in commit order. */
  seq: z.int().positive(),
  at: z.iso.datetime(),
  siteId: z.int().nullable(),
  district: z.string().nullable(),
  /** Null when the monitor did it. */
  actor: person.nullable(),
}

/** Where something is that is not of one site alone. */
export const factPlace = z.object({ district: z.string(), unitId: z.int() })
export type FactPlace = z.infer<typeof factPlace>

/** What a fact says besides that concerns many at once. */
export const toMany = {
  /** It concerns all, whatever they look after. */
  everybody: z.literal(true).optional(),
  /** Whoever looks after one of these is concerned; each place once. */
  places: z.array(factPlace).optional(),
  /** What is said across every screen is another from now on. */
  banner: z.literal(true).optional(),
}

/** The facts that there are: each noun adds its own, beside its schema. */
// biome-ignore lint/suspicious/noEmptyInterface: nouns add to it
export interface Facts {}

/** What an operator would want to replay tomorrow. Stored in the transaction that made it true. */
export type Fact = Facts[keyof Facts]

/** A fact before the log has given it its number. */
export type NewFact = Fact extends infer F ? (F extends Fact ? Omit<F, 'seq'> : never) : never
