/**
 * What something costs, told apart from what the machine does beside it: other work only adds to a measured time, so the
 * least of a few trials is nearest to the truth. A mechanism that is too slow is so in every trial.
 * @param enough a figure that needs no further trial.
 * @returns the least figure of at most three trials, in the unit of `measure`.
 */
export async function leastOf(enough: number, measure: () => number | Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let trial = 0; trial < 3 && least > enough; trial++) least = Math.min(least, await measure())
  return least
}
