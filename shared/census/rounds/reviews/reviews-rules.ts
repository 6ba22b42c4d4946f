/** Who looks: first, second without seeing the first, and third where they differ. */
export const SEATS = ['first', 'second', 'third'] as const
export type Seat = (typeof SEATS)[number]

export const MOST_REVIEWERS = 200
