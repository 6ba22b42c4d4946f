/** One thing that a search over everything finds; what does not concern its kind is left out. */
export interface FoundItem {
  readonly id: number
  readonly name: string
  /** Code of a site, number of a letter or of an issued document. */
  readonly number?: string | null
  /** What it is, or how it stands, in the codes of its kind. */
  readonly is?: string | null
  readonly rule?: string | null
  readonly district?: string | null
  readonly unit?: { readonly id: number; readonly name: string } | null
}

/** What one noun finds: of what somebody may see, the best first. */
export interface Found {
  readonly items: readonly FoundItem[]
  /** How many there are; where there are more than are counted, so many. */
  readonly total: number
  readonly isMore: boolean
}

/** Things that may be without end are counted so far. */
export const MOST_FOUND = 200

/** Of rows that were read up to one more than is counted. */
export function foundOf(rows: readonly FoundItem[], limit: number): Found {
  const isMore = rows.length > MOST_FOUND
  return { items: rows.slice(0, limit), total: isMore ? MOST_FOUND : rows.length, isMore }
}

export const NOTHING_FOUND: Found = { items: [], total: 0, isMore: false }

/** A digit alone stands in half of all names and titles: it is looked for among numbers only. */
export const isDigit = (typed: string): boolean => /^[#＃]?\s*\d$/.test(typed.trim())

/** The id in `12`, `#12`; null where what was typed is no number that an id can be. */
export function idIn(typed: string): number | null {
  const [, digits] = /^[#＃]?\s*(\d{1,10})$/.exec(typed.trim()) ?? []
  const id = Number(digits)
  return digits !== undefined && id > 0 && id < 2 ** 31 ? id : null
}
