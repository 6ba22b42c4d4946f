/** What is counted of the letters that fell due in a month, of one department or of all. */
export interface Cohort {
  /** Letters whose last day has passed. */
  readonly due: number
  readonly inTime: number
  readonly late: number
  readonly unanswered: number
  /** Answered, whose citizens could say how satisfied they are; who did; who is satisfied. */
  readonly asked: number
  readonly rated: number
  readonly satisfied: number
}

/** Letters that were not answered in time. */
export const overdueOf = ({ late, unanswered }: Pick<Cohort, 'late' | 'unanswered'>): number =>
  late + unanswered

/**
 * The places of departments, by their share of overdue letters: the same share is the same place. Who has fewer letters than
 * `least` has none.
 */
export function placesOf(rows: readonly Cohort[], least: number): (number | null)[] {
  const shares = rows.map((row) => (row.due >= least ? overdueOf(row) / row.due : null))
  return shares.map((share) =>
    share === null ? null : 1 + shares.filter((other) => other !== null && other < share).length,
  )
}
