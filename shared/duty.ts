import { z } from 'zod'
import { addDays, DAY, HOUR, startOfDay } from './time.ts'
import { person } from './users.ts'

/** Whose desk: a district's, or with null the city's, which is the working group's. */
const place = z.string().min(1).max(30).nullable()

/** One person's turn of duty at a desk. Turns of a desk do not overlap: there is one person to call. */
export const shift = z.object({
  id: z.int(),
  district: place,
  person,
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  version: z.int(),
})
export type Shift = z.infer<typeof shift>

/** The longest turn, in milliseconds: a week. */
export const MAX_SHIFT_MS = 7 * DAY

const instant = z.iso.datetime({ offset: true })
export const shiftInput = z
  .object({ district: place, userId: z.int().positive(), startsAt: instant, endsAt: instant })
  .refine(({ startsAt, endsAt }) => Date.parse(endsAt) > Date.parse(startsAt), {
    path: ['endsAt'],
    message: 'must lie after the beginning',
  })
  .refine(({ startsAt, endsAt }) => Date.parse(endsAt) - Date.parse(startsAt) <= MAX_SHIFT_MS, {
    path: ['endsAt'],
    message: 'a turn of duty lasts a week at most',
  })
export type ShiftInput = z.infer<typeof shiftInput>

/** Somebody else takes a turn over. */
export const swapInput = z.object({ version: z.int().positive(), userId: z.int().positive() })

/** Lengths of a turn that a rotation can have, in hours: three a day, two a day, a day, a week. */
export const SHIFT_HOURS = [8, 12, 24, 168] as const
const MAX_ROTATION_DAYS = 366

/** People taking turns from a day to a day (both with it, Shanghai), the first turn beginning at `handoverAt`. */
export const rotationInput = z
  .object({
    district: place,
    userIds: z.array(z.int().positive()).min(1).max(50),
    from: z.iso.date(),
    to: z.iso.date(),
    handoverAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    hours: z.union(SHIFT_HOURS.map((hours) => z.literal(hours))),
  })
  .refine(({ from, to }) => to >= from, { path: ['to'], message: 'must not lie before the beginning' })
  .refine(({ from, to }) => startOfDay(to) - startOfDay(from) <= MAX_ROTATION_DAYS * DAY, {
    path: ['to'],
    message: 'a year at most',
  })
export type RotationInput = z.infer<typeof rotationInput>

/** The turns of a rotation, in order; the last ends no later than the day after `to`. */
export function rotationShifts(input: RotationInput): { userId: number; startsMs: number; endsMs: number }[] {
  const [hours = '0', minutes = '0'] = input.handoverAt.split(':')
  const firstMs = startOfDay(input.from) + (Number(hours) * 60 + Number(minutes)) * 60_000
  const lastMs = startOfDay(addDays(input.to, 1)) + (firstMs - startOfDay(input.from))
  const shifts = []
  for (let startsMs = firstMs, turn = 0; startsMs < lastMs; turn += 1) {
    const endsMs = Math.min(startsMs + input.hours * HOUR, lastMs)
    shifts.push({ userId: input.userIds[turn % input.userIds.length] ?? 0, startsMs, endsMs })
    startsMs = endsMs
  }
  return shifts
}

/** Who is on duty at a desk, and who comes next. */
export const dutyDesk = z.object({ district: place, now: shift.nullable(), next: shift.nullable() })
export type DutyDesk = z.infer<typeof dutyDesk>

/** What one turn leaves to the next. */
export const handover = z.object({
  id: z.int(),
  district: place,
  at: z.iso.datetime(),
  author: person,
  text: z.string(),
})
export type Handover = z.infer<typeof handover>
export const handoverInput = z.object({ district: place, text: z.string().trim().min(1).max(2000) })
