import { z } from 'zod'

/** The languages in which people are written to. */
export const LANGUAGES = ['zh', 'en'] as const
export const language = z.enum(LANGUAGES)
export type Language = z.infer<typeof language>
