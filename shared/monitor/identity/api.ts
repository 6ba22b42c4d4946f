import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { monitorIdentity } from './identity.ts'

/** Who the monitor is, for everybody. */
export const identityEndpoints = {
  monitorPage: {
    method: 'GET',
    path: '/public/monitor',
    summary:
      'The page that says who the monitor is, from where, how and how often it comes, and whom to write to',
    needs: 'open',
    query: z.object({ lang: z.string().max(10).optional() }),
    output: z.string(),
    media: 'text/html',
  },
  monitorIdentity: {
    method: 'GET',
    path: '/public/monitor.json',
    summary: 'The same as data',
    needs: 'open',
    output: monitorIdentity,
  },
  monitorAddresses: {
    method: 'GET',
    path: '/public/monitor/addresses.txt',
    summary: 'The addresses that visits come from, one a line, for the lists of firewalls',
    needs: 'open',
    output: z.string(),
    media: 'text/plain',
  },
} as const satisfies Record<string, Endpoint>
