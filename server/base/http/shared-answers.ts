import type { Clock } from '../clock.ts'
import { createTurns } from '../turns.ts'
import { remembered } from './remembered.ts'

/** Answers that are remembered at once; who asks something else pushes the oldest out. */
const KEPT = 50
/** Computed at once of one kind of answer, and those that wait: one that takes long holds up no scope but its own. */
const [AT_ONCE, WAITING] = [2, 200]

/**
 * Answers that take long, few at a time in this process, so that those who ask for little come in between; whoever asks
 * the same until it is there, and while it is fresh, is given the same.
 * @param freshMs from when it was there
 * @returns what gives one; it throws Refusal too_many_requests where too many wait already
 */
export function sharedAnswers<T>(clock: Pick<Clock, 'now'>, freshMs: number) {
  const turns = createTurns(AT_ONCE, WAITING, 'common.busy')
  const held = remembered<T>(clock, freshMs, KEPT)
  return (key: string, compute: () => Promise<T>): Promise<T> => held(key, () => turns.run('known', compute))
}
