/** Twice the nation's register, whose sites are 84,094 at the last count. */
export const MOST_ROWS = 200_000
/** The fullest form of the census has some sixty. */
export const MOST_COLUMNS = 500
/** Characters of one row: a quotation mark that is never closed makes the rest of a file into one. */
export const MOST_IN_ROW = 100_000
/** Characters of a whole sheet: the nation's register has some seven million. */
export const MOST_IN_SHEET = 40_000_000
