import { z } from 'zod'
import { LANGUAGES } from './locales.ts'

export { LANGUAGES, type Language } from './locales.ts'

/** A language in which people are written to. */
export const language = z.enum(LANGUAGES)
