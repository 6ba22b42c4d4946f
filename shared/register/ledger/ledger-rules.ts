import register from './fields.json' with { type: 'json' }

/*
 * What a register has of a site, as data: the fields of the national one. Those that are `core` have columns of their
 * own, the others are the site's profile. Screens, import and export all go by this list.
 */

export const FIELD_TYPES = [
  'text',
  'code',
  'url',
  'level',
  'place',
  'choice',
  'parent',
  'names',
  'person',
  'phone',
  'mail',
  'seconds',
  'yesno',
  'number',
  'day',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

interface InBoth {
  readonly zh: string
  readonly en: string
}

export interface LedgerField {
  readonly key: string
  readonly group: string
  readonly type: FieldType
  readonly label: InBoth
  /** What its column may be called besides, without signs and in lower case. */
  readonly headers: readonly string[]
  /** It has a column of its own in the table of sites. */
  readonly core?: true
  /** Every screen has it on the board (`BoardSite`), which is loaded anew when it changes. */
  readonly onBoard?: true
  /** It decides where a site belongs and how it is watched: not for those who look after one district. */
  readonly placing?: true
  /** It follows from something else, and is changed by nobody here. */
  readonly derived?: true
  /** Whoever adds a site has to say it, and nobody may empty it. Of a field of one's own. */
  readonly required?: true
  /** It is asked for no more. Of a field of one's own. */
  readonly retired?: true
  /** Who may read it; absent: everybody who sees the site. */
  readonly shownTo?: 'contacts' | 'editors'
  readonly choices?: readonly {
    readonly value: string
    readonly label: InBoth
    readonly also: readonly string[]
    /** It is offered no more. */
    readonly retired?: true
  }[]
}

export type FieldValue = string | number | boolean | readonly string[] | null
export type FieldValues = Readonly<Record<string, FieldValue>>

export const LEDGER_GROUPS: readonly { readonly key: string; readonly label: InBoth }[] = register.groups
/** No and yes, as files say them. */
export const ANSWERS = register.answers
export const LEDGER_FIELDS = register.fields as readonly LedgerField[]
export const fieldOf = (key: string): LedgerField | undefined => BY_KEY.get(key)
const BY_KEY = new Map(LEDGER_FIELDS.map((field) => [field.key, field]))

/** Fields of one's own that an installation may have, the retired ones among them; their keys in what a site says. */
export const MOST_OWN = 40
export const OWN_KEYS = Array.from({ length: MOST_OWN }, (_, n) => `own${n + 1}`)

/** Every field that a register has: the national ones and those of one's own. */
export interface FieldSet {
  readonly all: readonly LedgerField[]
  readonly own: readonly LedgerField[]
  of(key: string): LedgerField | undefined
}
export function fieldSet(own: readonly LedgerField[]): FieldSet {
  const byKey = new Map(own.map((field) => [field.key, field]))
  return { all: [...LEDGER_FIELDS, ...own], own, of: (key) => fieldOf(key) ?? byKey.get(key) }
}
export const NATIONAL = fieldSet([])

/** Where a site belongs and how it is watched. */
export const PLACING_FIELDS = LEDGER_FIELDS.filter(({ placing }) => placing).map(({ key }) => key)

/** What many sites can be given at once: not what each has for itself. */
export const MANY_FIELDS = [
  'unit',
  'platform',
  'builders',
  'operators',
  'supervisors',
  'maintainers',
  'address',
  'siteType',
  'scanned',
  'unscannedReason',
] as const
export type ManyField = (typeof MANY_FIELDS)[number]

/** Who builds, runs, supervises and maintains a site: none or several to a question is what nobody is answerable for. */
export const QUESTIONS = ['builders', 'operators', 'supervisors', 'maintainers'] as const
export type Question = (typeof QUESTIONS)[number]
export const GAPS = ['none', 'several'] as const
export type Gap = (typeof GAPS)[number]

export const CHANGE_WAYS = ['form', 'bulk', 'import', 'filing', 'merge', 'split'] as const

/** What a history says of a site and another: keys beside those of the fields. Each holds the other's code. */
export const KIN_KEYS = ['mergedInto', 'mergedFrom', 'splitInto', 'splitFrom'] as const
export type ChangeWay = (typeof CHANGE_WAYS)[number]

export const MOST_REASON = 500
/** Sites that are changed at once. */
export const MOST_SITES = 1_000
/** The national register's limits: of an item of a site, and of one of a person. */
export const MOST_ITEM = 200
export const MOST_OF_PERSON = 50
/** Of a number in a field of one's own: more is a mistake of typing, and is no longer written out in full. */
export const MOST_NUMBER = 1e12
/** What stands between several names in one cell; none has it. */
export const BETWEEN_NAMES = /[;\uff1b\u3001\n]/
/** Units that answer one question. */
export const MOST_NAMES = 5
/** Between two visits, in seconds: the rules ask for 20 a day, an hour leaves a few to spare. */
export const INTERVAL_S = { min: 5, max: 3_600 } as const
