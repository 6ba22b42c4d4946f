import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { alertLoad } from './load.ts'

/** How much alerting there is for those who have to hear it. */
export const loadEndpoints = {
  alertLoad: {
    method: 'GET',
    path: '/api/alert-load',
    summary: 'Alarms for each ten minutes and person on duty, by severity, and the noisiest rules and sites',
    needs: 'signedIn',
    cost: 10,
    query: z.object({
      days: z.coerce.number().int().min(1).max(90).default(7),
      /** One's own, or one of the city's. */
      district: z.string().max(30).optional(),
    }),
    output: alertLoad,
  },
} as const satisfies Record<string, Endpoint>
