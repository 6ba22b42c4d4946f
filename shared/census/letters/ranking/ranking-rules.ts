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
 * Wilson's score interval of a share: what lies behind so few letters, at the confidence of which `z` is the normal quantile.
 * @returns both ends, from 0 to 1; null of nothing
 */
export function wilson(hits: number, n: number, z: number): readonly [low: number, high: number] | null {
  if (n === 0) return null
  const share = hits / n
  const centre = share + (z * z) / (2 * n)
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const whole = 1 + (z * z) / n
  return [Math.max(0, (centre - spread) / whole), Math.min(1, (centre + spread) / whole)]
}

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
