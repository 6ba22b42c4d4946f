import type { Language } from '../../../shared/base/language.ts'

/** A sentence in both languages; who reads it has chosen one. */
export type Sentence = Readonly<Record<Language, string>>
