import type { z } from 'zod'
import { addDays, daysBetween } from '../../../../shared/base/time.ts'
import type { burnDown } from '../../../../shared/desk/rectifications/api.ts'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import { areaPath, linePath, niceMax, type Point, stepPath } from '../plan/plot.ts'
import type { Frame } from '../strip/strip.ts'

export type BurnDown = z.infer<typeof burnDown>

export const PAST_DAYS = 30
/** Ten working days, the usual promise, are two weeks. */
const AHEAD_DAYS = 14

export interface BurnDownDrawing {
  readonly max: number
  readonly todayX: number
  readonly open: string
  readonly overdue: string
  /** What would be left from today on if each rectification that is open were closed on its due day. */
  readonly due: string
}

/** Open rectifications over the last 30 days, the overdue among them, and what their due days promise. */
export function drawBurnDown(
  points: BurnDown['points'],
  rectifications: readonly Pick<Rectification, 'dueOn'>[],
  today: string,
  frame: Frame,
): BurnDownDrawing {
  const past = points.filter(({ day }) => day < today && daysBetween(day, today) < PAST_DAYS)
  const max = niceMax(Math.max(4, rectifications.length, ...past.map(({ open }) => open)))
  const at = (day: string, value: number): Point => ({
    x: (frame.width * (PAST_DAYS - 1 + daysBetween(today, day))) / (PAST_DAYS - 1 + AHEAD_DAYS),
    y: frame.height * (1 - value / max),
  })
  const late = rectifications.filter(({ dueOn }) => dueOn < today).length
  const ahead = Array.from({ length: AHEAD_DAYS + 1 }, (_, days) => addDays(today, days))
  return {
    max,
    todayX: at(today, 0).x,
    open: linePath([...past.map(({ day, open }) => at(day, open)), at(today, rectifications.length)]),
    overdue: areaPath([...past.map(({ day, overdue }) => at(day, overdue)), at(today, late)], frame.height),
    due: stepPath([
      at(today, rectifications.length - late),
      ...ahead.slice(1).map((day) => at(day, leftAfter(rectifications, day))),
    ]),
  }
}

/** How many may still be open at the end of the day before `day`, without one being late. */
function leftAfter(rectifications: readonly Pick<Rectification, 'dueOn'>[], day: string): number {
  return rectifications.filter(({ dueOn }) => dueOn >= day).length
}
