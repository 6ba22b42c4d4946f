import { localDay } from '../../../shared/base/time.ts'
import type { Calendar } from '../../../shared/register/workdays/workdays.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { calendarIn } from '../../register/workdays/calendar.ts'

/** The local day, and the calendar by which days are worked. */
export interface Today {
  readonly today: string
  readonly calendar: Calendar
}

/** Today, and how days are worked. */
export async function todayOf(ctx: Pick<Context, 'clock'>, db: Db): Promise<Today> {
  const { calendar } = await calendarIn(db)
  return { today: localDay(ctx.clock.now()), calendar }
}
