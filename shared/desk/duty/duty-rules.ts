import { addDays, DAY, daysBetween, HOUR, isDay, timeOn } from '../../base/time.ts'
import { instantOf, wallOf } from '../../base/zone.ts'
import type { RotationInput } from './duty.ts'

/** The longest turn, in milliseconds: a week. */
export const MAX_SHIFT_MS = 7 * DAY

/** Lengths of a turn that a rotation can have, in hours: three a day, two a day, a day, a week. */
export const SHIFT_HOURS = [8, 12, 24, 168] as const

export const MAX_ROTATION_DAYS = 366
export const MAX_ROTATION_PEOPLE = 50
/** The parts of a hand-over, in the order in which they are read out. */
export const HANDOVER_PARTS = ['open', 'runningOut', 'dueToday', 'silenced'] as const
/** As many lines of each part of a hand-over are kept; how many there are in all is said. */
export const MAX_HANDOVER_LINES = 20
/** So far ahead is looked for acknowledgements that run out: the longest common turn. */
export const HANDOVER_AHEAD_MS = 12 * HOUR

/** A time of day, 'HH:MM'. */
export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/

/** `nobody` (or too many) takes turns; the `days` or the `time` are none; the end lies before the beginning; over a year. */
export type RotationFault = 'nobody' | 'days' | 'time' | 'reversed' | 'long'

/** As it is typed: days and time may be anything. */
export interface RotationGiven {
  readonly userIds: readonly number[]
  readonly from: string
  readonly to: string
  readonly handoverAt: string
}

/** Why a rotation cannot be planned so; null when it can. The dialog asks it before the server does. */
export function rotationFault({ userIds, from, to, handoverAt }: RotationGiven): RotationFault | null {
  if (userIds.length === 0 || userIds.length > MAX_ROTATION_PEOPLE) return 'nobody'
  if (!isDay(from) || !isDay(to)) return 'days'
  if (!TIME_OF_DAY.test(handoverAt)) return 'time'
  if (to < from) return 'reversed'
  return daysBetween(from, to) > MAX_ROTATION_DAYS ? 'long' : null
}

/** The turns of a rotation, in order; the last ends no later than the day after `to`. */
export function rotationShifts(input: RotationInput): { userId: number; startsMs: number; endsMs: number }[] {
  const firstMs = timeOn(input.from, input.handoverAt)
  const lastMs = timeOn(addDays(input.to, 1), input.handoverAt)
  const endOf = (startsMs: number) => instantOf(wallOf(startsMs) + input.hours * HOUR)
  const shifts = []
  for (let startsMs = firstMs, turn = 0; startsMs < lastMs; turn += 1) {
    const endsMs = Math.min(endOf(startsMs), lastMs)
    shifts.push({ userId: input.userIds[turn % input.userIds.length] ?? 0, startsMs, endsMs })
    startsMs = endsMs
  }
  return shifts
}

interface Stretch {
  readonly startMs: number
  readonly endMs: number
}

/** The stretches of `whole` that no turn covers, in order. Turns may overlap and come in any order. */
export function uncovered(turns: readonly Stretch[], whole: Stretch): Stretch[] {
  const gaps: Stretch[] = []
  let reached = whole.startMs
  for (const turn of [...turns].sort((a, b) => a.startMs - b.startMs)) {
    if (turn.startMs >= whole.endMs) break
    if (turn.startMs > reached) gaps.push({ startMs: reached, endMs: turn.startMs })
    reached = Math.max(reached, turn.endMs)
  }
  if (reached < whole.endMs) gaps.push({ startMs: reached, endMs: whole.endMs })
  return gaps
}
