import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'

export const fleetState = z.object({
  line: z.enum(['up', 'down']),
  overrides: z.array(z.object({ code: z.string(), kind: z.string() })),
})

/** The demo: what is broken by hand. */
export const fleetEndpoints = {
  fleet: {
    method: 'GET',
    path: '/api/fleet',
    summary: 'Demo only: what is broken by hand',
    needs: 'fleet.control',
    output: fleetState,
  },
  breakSite: {
    method: 'POST',
    path: '/api/fleet/break',
    summary: 'Demo only: break a site',
    needs: 'fleet.control',
    body: z.object({ siteId: z.int(), kind: z.enum(['down', 'hang', 'tls', 'firewall', 'stale']) }),
  },
  healSite: {
    method: 'POST',
    path: '/api/fleet/heal',
    summary: 'Demo only: heal a site',
    needs: 'fleet.control',
    body: z.object({ siteId: z.int() }),
  },
  cutLine: {
    method: 'POST',
    path: '/api/fleet/line',
    summary: 'Demo only: cut or mend the line between monitor and fleet',
    needs: 'fleet.control',
    body: z.object({ down: z.boolean() }),
  },
} as const satisfies Record<string, Endpoint>
