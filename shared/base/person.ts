import { z } from 'zod'

/** A person as others see one; also the actor of a fact. */
export const person = z.object({ id: z.int(), name: z.string() })
export type Person = z.infer<typeof person>
