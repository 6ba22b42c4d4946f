import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { divisionCode } from '../../register/divisions/divisions.ts'
import { siteState } from '../../register/sites/states.ts'

/** A day by single minutes; a quarter of a year by steps of an hour and a half. */
export const MAX_HISTORY_POINTS = 1_440

/** How the city's counts went, for the strip under the wall's board and the overview. */
export const cityHistory = z.object({
  points: z.array(z.object({ at: z.iso.datetime(), counts: z.record(siteState, z.int()) })),
})

/** The counts of the city. */
export const overviewEndpoints = {
  cityHistory: {
    method: 'GET',
    path: '/api/city/history',
    summary: 'Counts by state over the last hours',
    needs: 'wall',
    cost: 10,
    query: z
      .object({
        hours: z.coerce.number().int().min(1).max(2_160).default(24),
        stepMinutes: z.coerce.number().int().min(1).max(1_440).default(15),
        /** Only sites in this division. */
        under: divisionCode.optional(),
      })
      .refine(({ hours, stepMinutes }) => (hours * 60) / stepMinutes <= MAX_HISTORY_POINTS, {
        path: ['stepMinutes'],
        message: `more than ${MAX_HISTORY_POINTS} points: take longer steps, or fewer hours`,
      }),
    output: cityHistory,
  },
} as const satisfies Record<string, Endpoint>
