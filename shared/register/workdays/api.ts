import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import {
  calendarCheck,
  calendarCheckInput,
  calendarYear,
  calendarYears,
  loadYearInput,
  withdrawYearInput,
} from './calendar.ts'

const calendarYearParam = z.object({ year: z.coerce.number().int().min(2004).max(2100) })

/** Which days are worked, and the years that administrators load. */
export const calendarEndpoints = {
  calendar: {
    method: 'GET',
    path: '/api/calendar',
    summary: 'Which days of the last, this and the next two years are worked, as far as they are announced',
    needs: 'signedIn',
    output: z.object({
      /** Those that are announced; of others, Monday to Friday are worked. */
      years: z.array(z.int()),
      off: z.array(z.iso.date()),
      worked: z.array(z.iso.date()),
    }),
  },
  calendarYears: {
    method: 'GET',
    path: '/api/calendar/years',
    summary:
      'The years of the working-day calendar, where each comes from, and how many rectifications wait for one',
    needs: 'calendar.manage',
    output: calendarYears,
  },
  checkCalendar: {
    method: 'POST',
    path: '/api/calendar/check',
    summary:
      'Dry run of a file (CSV, JSON, iCalendar) or of days: problems, differences, due days that would change',
    needs: 'calendar.manage',
    body: calendarCheckInput,
    output: calendarCheck,
  },
  loadCalendarYear: {
    method: 'POST',
    path: '/api/calendar/years/:year',
    summary: 'Load the holidays and make-up working days of a year; what rests on it is reckoned again',
    needs: 'calendar.manage',
    params: calendarYearParam,
    body: loadYearInput,
    output: calendarYear,
  },
  withdrawCalendarYear: {
    method: 'POST',
    path: '/api/calendar/years/:year/withdraw',
    summary: 'Take back what was loaded for a year',
    needs: 'calendar.manage',
    params: calendarYearParam,
    body: withdrawYearInput,
    output: calendarYear,
  },
} as const satisfies Record<string, Endpoint>
