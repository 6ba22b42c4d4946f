import type { Language } from '../../../../shared/base/words/language.ts'
import type { DocumentData } from '../../../../shared/census/documents/documents.ts'

/** What the place of a document is called. */
export const placeOf = ({ place }: Pick<DocumentData, 'place'>, language: Language): string =>
  language === 'zh' ? place.name : place.nameEn || place.name
