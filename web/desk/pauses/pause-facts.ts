import type { Fact } from '../../base/live/fact.ts'

/** Whether something became of a planned pause. */
export const isOfPause = ({ kind }: Fact): boolean => kind.startsWith('pause.')
