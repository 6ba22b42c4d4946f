import type { Stage } from '../../shared/rectifications.ts'

export interface StagePlace {
  readonly stage: Stage
  readonly place: 'done' | 'now' | 'ahead'
}

const LINE: readonly Stage[] = ['raised', 'assigned', 'accepted', 'submitted', 'verifying', 'closed']

/**
 * The stages in the order in which a fix goes through them. A returned fix stands where it has to be done
 * again: in the place of `accepted`.
 */
export function stageLine(stage: Stage): StagePlace[] {
  const line = stage === 'returned' ? LINE.map((one) => (one === 'accepted' ? 'returned' : one)) : LINE
  const now = line.indexOf(stage)
  return line.map((one, i) => {
    if (i === now) return { stage: one, place: one === 'closed' ? 'done' : 'now' }
    return { stage: one, place: i < now ? 'done' : 'ahead' }
  })
}
