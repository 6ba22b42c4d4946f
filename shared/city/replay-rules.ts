/** At most so many beginnings are told of a range: its newest. */
export const MOST_BEGINNINGS = 1_000

/**
 * When each of these facts (in order of number) was told: not before any with a lower number, though its own time
 * may be earlier.
 * @param fromMs when what came before them had been told (epoch ms).
 * @returns epoch ms, never falling; the board at an instant has exactly the facts told by then.
 */
export function toldAt(facts: readonly { readonly at: string }[], fromMs: number): number[] {
  let last = fromMs
  return facts.map((one) => {
    last = Math.max(last, Date.parse(one.at))
    return last
  })
}
