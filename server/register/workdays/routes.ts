import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { localDay, yearOf } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { calendarIn, calendarOf } from './calendar.ts'
import { checkCalendar, listYears, loadYear, withdrawYear } from './service.ts'

/** The working-day calendar: which days are worked, and the years that administrators load. */
export function workdayRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.calendar, async () => {
    const year = yearOf(localDay(ctx.clock.now()))
    return calendarOf((await calendarIn(ctx.db)).calendar, year - 1, year + 2)
  })
  serve(router, api.calendarYears, () => listYears(ctx.db, ctx.clock.now()))
  serve(router, api.checkCalendar, ({ body }) => checkCalendar(ctx, body))
  serve(router, api.loadCalendarYear, ({ user, params, body }) => loadYear(ctx, user, params.year, body))
  serve(router, api.withdrawCalendarYear, ({ user, params, body }) =>
    withdrawYear(ctx, user, params.year, body.version),
  )
  return router
}
