import type { Language } from '../../../../shared/base/words/language.ts'
import { LOCALE_OF } from '../../../../shared/base/words/locales.ts'
import type { Value } from '../../../../shared/census/documents/documents.ts'
import type { ValueType } from '../../../../shared/census/documents/documents-rules.ts'
import { writtenValue } from '../../../../shared/census/documents/written-rules.ts'

/** A value as it is written in running text and in the cells of a printed table. */
export const written = (value: Value, type: ValueType, language: Language): string =>
  writtenValue(value, type, LOCALE_OF[language])
