import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { SETUP_CARDS, setupStep } from './setup.ts'

/** The first day of an installation. */
export const setupEndpoints = {
  setup: {
    method: 'GET',
    path: '/api/setup',
    summary:
      'The steps to a running room, and which of them are done; of the demo one, whether it was looked at',
    needs: 'settings.manage',
    output: z.array(setupStep),
  },
  skipSetup: {
    method: 'POST',
    path: '/api/setup/:step',
    summary: 'Skip a step, or take it up again',
    needs: 'settings.manage',
    params: z.object({ step: z.enum(SETUP_CARDS) }),
    body: z.object({ skipped: z.boolean() }),
    output: z.array(setupStep),
  },
} as const satisfies Record<string, Endpoint>
