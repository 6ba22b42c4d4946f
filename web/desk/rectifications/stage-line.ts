import type { Rectification, Stage } from '../../../shared/desk/rectifications/rectifications.ts'

export interface StagePlace {
  readonly stage: Stage
  /** `skipped`: it never happened, and the rectification has gone past it. */
  readonly place: 'done' | 'now' | 'ahead' | 'skipped'
}

const LINE: readonly Stage[] = ['raised', 'assigned', 'accepted', 'submitted', 'verifying', 'closed']

/**
 * The stages in the order in which a rectification goes through them. A returned rectification stands where it has to be done
 * again: in the place of `accepted`.
 */
export function stageLine(
  rectification: Pick<Rectification, 'stage'> & Partial<Pick<Rectification, 'assignedAt' | 'acceptedAt'>>,
): StagePlace[] {
  const { stage, assignedAt, acceptedAt } = rectification
  const line = stage === 'returned' ? LINE.map((one) => (one === 'accepted' ? 'returned' : one)) : LINE
  const now = line.indexOf(stage)
  const isSkipped = (one: Stage) =>
    (one === 'assigned' && assignedAt === null) || (one === 'accepted' && acceptedAt === null)
  return line.map((one, i) => {
    if (i === now) return { stage: one, place: one === 'closed' ? 'done' : 'now' }
    if (i > now) return { stage: one, place: 'ahead' }
    return { stage: one, place: isSkipped(one) ? 'skipped' : 'done' }
  })
}
