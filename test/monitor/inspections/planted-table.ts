import type { InspectionOutcome } from '../../../shared/monitor/inspections/inspections-rules.ts'

/** A case of a table: what a rule says of it, and what it is called where the rule is wrong. */
export interface PlantedCase {
  readonly name: string
  says(): InspectionOutcome | Promise<InspectionOutcome>
}

/** Ways in which something is wrong that a rule has to find, and ways in which it only looks so. */
export interface PlantedTable {
  readonly rule: string
  readonly faulty: readonly PlantedCase[]
  readonly sound: readonly PlantedCase[]
}

/** A table of cases that are asked about in the same way. */
export function tableOf<T>(
  rule: string,
  faulty: readonly T[],
  sound: readonly T[],
  says: (one: T) => InspectionOutcome | Promise<InspectionOutcome>,
): PlantedTable {
  const cases = (some: readonly T[]): PlantedCase[] =>
    some.map((one) => ({
      name: typeof one === 'string' ? one : JSON.stringify(one),
      says: () => says(one),
    }))
  return { rule, faulty: cases(faulty), sound: cases(sound) }
}
