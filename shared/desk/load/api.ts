import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { alertLoad, alertRate } from './load.ts'

/** How much alerting there is for those who have to hear it. */
export const loadEndpoints = {
  alertLoad: {
    method: 'GET',
    path: '/api/alert-load',
    summary: 'Alarms for each ten minutes and person on duty, by severity, and the noisiest rules and sites',
    needs: 'signedIn',
    cost: 60,
    query: z.object({
      days: z.coerce.number().int().min(1).max(90).default(7),
      /** One's own, or one of the city's. */
      district: z.string().max(30).optional(),
    }),
    output: alertLoad,
  },
  alertRate: {
    method: 'GET',
    path: '/api/alert-load/rate',
    summary:
      'Alarms for each ten minutes and person on duty in the last day, and how many ten minutes were floods',
    needs: 'signedIn',
    cost: 10,
    output: alertRate,
  },
} as const satisfies Record<string, Endpoint>
