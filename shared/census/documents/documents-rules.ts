/** What the office makes: deep monitoring report, circular, half-monthly report, rectification notice, score sheet, log of a day, register extract, ranking, closing report. */
export const DOCUMENT_KINDS = [
  'deep-report',
  'circular',
  'half-month',
  'notice',
  'sheet',
  'duty-log',
  'register',
  'ranking',
  'closing-report',
] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

export const DOCUMENT_STATES = ['draft', 'in_review', 'returned', 'issued', 'superseded'] as const
export type DocumentState = (typeof DOCUMENT_STATES)[number]

/** Issued, it is never changed again. */
export const isFrozen = (state: DocumentState): boolean => state === 'issued' || state === 'superseded'
/** Its words may still be changed by whoever drafts it. */
export const isOpen = (state: DocumentState): boolean => state === 'draft' || state === 'returned'

/** Series of numbers: circulars and notices have their own, as in an office. */
export const DOCUMENT_SERIES = ['circular', 'notice', 'report'] as const
export type DocumentSeries = (typeof DOCUMENT_SERIES)[number]
export const seriesOf = (kind: DocumentKind): DocumentSeries =>
  kind === 'circular' || kind === 'notice' ? kind : 'report'

/** What each kind is made of: a round of that kind, a site, a district, a day. */
export const MADE_OF: Readonly<Record<DocumentKind, 'round' | 'site' | 'place' | 'day'>> = {
  'deep-report': 'place',
  circular: 'round',
  'half-month': 'round',
  notice: 'site',
  sheet: 'site',
  'duty-log': 'day',
  register: 'place',
  ranking: 'place',
  'closing-report': 'round',
}

export const MOST_TITLE = 200
export const MOST_REQUIREMENTS = 4000
export const MOST_REPLY = 2000

/** How a value of a document is to be read: shares from 0 to 1, days YYYY-MM-DD, instants ISO 8601; the rest are codes. */
export const VALUE_TYPES = [
  'text',
  'number',
  'percent',
  'day',
  'time',
  'district',
  'outcome',
  'rules',
  'stage',
  'level',
  'lifecycle',
  'standing',
  'by',
  'answers',
  'deed',
] as const
export type ValueType = (typeof VALUE_TYPES)[number]

/** Those that are numbers or days in a workbook, and stand to the right on paper. */
export const isNumeric = (type: ValueType): boolean => type === 'number' || type === 'percent'
