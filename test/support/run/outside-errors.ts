import { writeFileSync } from 'node:fs'
import type { Reporter } from 'vitest/node'

/** Leaves how many errors of a run were outside any test, in the file that `TEST_OUTSIDE` names: the JSON report has none of them. */
export default class OutsideErrors implements Reporter {
  onTestRunEnd(_files: unknown, errors: readonly unknown[]): void {
    const file = process.env.TEST_OUTSIDE
    if (file) writeFileSync(file, String(errors.length))
  }
}
