import { DAY, localTime } from '../../../shared/base/time.ts'
import type { Shift } from '../../../shared/desk/duty/duty.ts'
import { uncovered } from '../../../shared/desk/duty/duty-rules.ts'

/** A turn in the cell of a day: it `begins` there, or goes on from the day before. */
export interface CalendarTurn {
  readonly shift: Shift
  readonly begins: boolean
  readonly isNow: boolean
}

export interface CalendarCell {
  /** Midnight that begins the day, epoch ms. */
  readonly dayMs: number
  readonly turns: readonly CalendarTurn[]
  /** When nobody is on duty, 'HH:MM' to 'HH:MM'. */
  readonly gaps: readonly { readonly from: string; readonly to: string }[]
}

export interface CalendarRow {
  readonly desk: string | null
  readonly cells: readonly CalendarCell[]
}

interface Span {
  readonly desks: readonly (string | null)[]
  /** A local midnight, epoch ms. */
  readonly fromMs: number
  readonly days: number
  readonly nowMs: number
}

const startOf = (shift: Shift) => Date.parse(shift.startsAt)
const endOf = (shift: Shift) => Date.parse(shift.endsAt)
const clock = (ms: number) => localTime(ms)

/** The roster by desk and day. */
export function calendarOf(shifts: readonly Shift[], { desks, fromMs, days, nowMs }: Span): CalendarRow[] {
  return desks.map((desk) => {
    const own = shifts.filter(({ district }) => district === desk).sort((a, b) => startOf(a) - startOf(b))
    const cells = Array.from({ length: days }, (_, day) => cellOf(own, fromMs + day * DAY, nowMs))
    return { desk, cells }
  })
}

function cellOf(shifts: readonly Shift[], dayMs: number, nowMs: number): CalendarCell {
  const endMs = dayMs + DAY
  const inDay = shifts.filter((shift) => startOf(shift) < endMs && endOf(shift) > dayMs)
  const stretches = inDay.map((shift) => ({ startMs: startOf(shift), endMs: endOf(shift) }))
  return {
    dayMs,
    turns: inDay.map((shift) => ({
      shift,
      begins: startOf(shift) >= dayMs,
      isNow: startOf(shift) <= nowMs && endOf(shift) > nowMs,
    })),
    gaps: uncovered(stretches, { startMs: dayMs, endMs }).map((gap) => ({
      from: clock(gap.startMs),
      to: gap.endMs === endMs ? '24:00' : clock(gap.endMs),
    })),
  }
}
