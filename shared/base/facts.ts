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

/** The facts that there are: each noun adds its own, beside its schema. */
// biome-ignore lint/suspicious/noEmptyInterface: nouns add to it
export interface Facts {}

/** What an operator would want to replay tomorrow. Stored in the transaction that made it true. */
export type Fact = Facts[keyof Facts]

/** A fact before the log has given it its number. */
export type NewFact = Fact extends infer F ? (F extends Fact ? Omit<F, 'seq'> : never) : never
