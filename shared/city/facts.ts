import { z } from 'zod'
import { nounFacts } from '../nouns.ts'

/** Every fact there is, as it is told. */
export const fact = z.discriminatedUnion('kind', nounFacts)
