import { z } from 'zod'
import { sentId } from '../../base/ids.ts'
import { sentDay, sentInstant } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { MAX_ROTATION_PEOPLE, MAX_SHIFT_MS, rotationFault, SHIFT_HOURS, TIME_OF_DAY } from './duty-rules.ts'

export * from './duty-rules.ts'

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

export const shiftInput = z
  .object({ district: place, userId: sentId, startsAt: sentInstant, endsAt: sentInstant })
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
export const swapInput = z.object({ version: z.int().positive(), userId: sentId })

/** People taking turns from a day to a day (both with it), the first turn beginning at `handoverAt`. */
export const rotationInput = z
  .object({
    district: place,
    userIds: z.array(sentId).min(1).max(MAX_ROTATION_PEOPLE),
    from: sentDay,
    to: sentDay,
    handoverAt: z.string().regex(TIME_OF_DAY),
    hours: z.union(SHIFT_HOURS.map((hours) => z.literal(hours))),
  })
  .refine((input) => rotationFault(input) !== 'reversed', {
    path: ['to'],
    message: 'must not lie before the beginning',
  })
  .refine((input) => rotationFault(input) !== 'long', { path: ['to'], message: 'a year at most' })
export type RotationInput = z.infer<typeof rotationInput>

/** Who is on duty at a desk, and who comes next. */
export const dutyDesk = z.object({ district: place, now: shift.nullable(), next: shift.nullable() })
export type DutyDesk = z.infer<typeof dutyDesk>

/** One thing that goes on after the turn. */
export const handoverLine = z.object({
  kind: z.enum(['alert', 'rectification']),
  id: z.int(),
  /** The site, or what sites share; null: the monitor itself. */
  name: z.string().nullable(),
  /** Rules that it is about. */
  rules: z.array(z.string()),
  /** Who has it; null: nobody. */
  who: z.string().nullable(),
  /** Since when it is open, until when it is taken or silenced, when it is due; a day for rectifications. */
  at: z.string(),
})
export type HandoverLine = z.infer<typeof handoverLine>

/** Lines in the order of what comes first, at most `MAX_HANDOVER_LINES` of `total`. */
const handoverPart = z.object({ total: z.int(), lines: z.array(handoverLine) })

/** A note of the turn, the newest first. */
const handoverNote = z.object({
  seq: z.int(),
  by: z.string(),
  /** The instant that the screen showed. */
  moment: z.iso.datetime(),
  /** Null: the whole. */
  about: z.string().nullable(),
  text: z.string(),
})

/** What is going on at a desk when it is handed over, in the order in which it is read out. */
export const handoverSummary = z.object({
  /** Alerts that nobody has taken. */
  open: handoverPart,
  /** Taken alerts whose acknowledgement ends within the coming turn. */
  runningOut: handoverPart,
  /** Rectifications that are due today or late. */
  dueToday: handoverPart,
  /** Alerts of which nobody is told until a time. */
  silenced: handoverPart,
  /** What was done and written down at the desk since it was handed over last; of before, none. */
  log: z.object({ since: z.iso.datetime(), steps: z.int(), notes: z.array(handoverNote) }).optional(),
})
export type HandoverSummary = z.infer<typeof handoverSummary>

/** What one turn leaves to the next, and who has taken it over. */
export const handover = z.object({
  id: z.int(),
  district: place,
  at: z.iso.datetime(),
  author: person,
  text: z.string(),
  /** As it stood then; null of notes that are older than it. */
  summary: handoverSummary.nullable(),
  signedBy: person.nullable(),
  signedAt: z.iso.datetime().nullable(),
})
export type Handover = z.infer<typeof handover>
/** The words may be left out: what is going on is gathered by the server. */
export const handoverInput = z.object({ district: place, text: sentText.max(2000).default('') })
