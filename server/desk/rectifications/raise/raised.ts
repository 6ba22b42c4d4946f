import type { z } from 'zod'
import type { raiseManyResult } from '../../../../shared/desk/rectifications/rectifications.ts'
import type { ReasonWithValues } from '../../../base/words/refusals.ts'

/** What came of it; why a site has none is said in words at the edge. */
export interface RaiseManyResult extends Omit<z.output<typeof raiseManyResult>, 'refused'> {
  readonly refused: readonly (Omit<z.output<typeof raiseManyResult>['refused'][number], 'message'> & {
    readonly said: ReasonWithValues
  })[]
}
