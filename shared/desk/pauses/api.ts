import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { sentInstant } from '../../base/instant.ts'
import { sentText } from '../../base/sent-text.ts'
import { siteDetail } from '../../monitor/standing/standing.ts'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import {
  pauseAnswer,
  pauseChange,
  pauseCover,
  pauseInput,
  pausePlan,
  pausePlatform,
  pauseRefusal,
  pauseState,
  pauseTarget,
} from './pauses.ts'

/** Downtime planned ahead: filed, answered, carried out by itself. */
export const pauseEndpoints = {
  pauseSite: {
    method: 'POST',
    path: '/api/sites/:id/pause',
    summary: 'File downtime: nothing counts until then',
    needs: 'site.pause',
    params: id,
    body: z.object({
      until: sentInstant.nullable(),
      reason: sentText.max(500),
    }),
    output: siteDetail,
  },

  pauses: {
    method: 'GET',
    path: '/api/pauses',
    summary: 'Pause plans that concern sites within the own scope; past: refused, withdrawn, ended',
    needs: 'signedIn',
    query: z.object({
      state: z.union([pauseState, z.literal('past')]).optional(),
      /** Those with something left of them between these instants. */
      from: sentInstant.optional(),
      to: sentInstant.optional(),
      siteId: rowId.optional(),
      q: sentText.max(100).optional(),
      ...paging,
    }),
    output: page(pausePlan),
  },
  pauseCover: {
    method: 'GET',
    path: '/api/pauses/cover',
    summary: 'How many sites a plan would cover, and whether it would be approved at once',
    needs: 'pause.file',
    query: pauseTarget,
    output: pauseCover,
  },
  pausePlatforms: {
    method: 'GET',
    path: '/api/pauses/platforms',
    summary: 'Platforms that sites within the own scope run on, with how many of them',
    needs: 'pause.file',
    output: z.array(pausePlatform),
  },
  filePause: {
    method: 'POST',
    path: '/api/pauses',
    summary: 'File downtime ahead; approved at once when one may approve it oneself',
    needs: 'pause.file',
    body: pauseInput,
    output: pausePlan,
  },
  changePause: {
    method: 'POST',
    path: '/api/pauses/:id/change',
    summary: 'Change when or why: by who filed it until it is answered, then by who may approve it',
    needs: 'pause.file',
    params: id,
    body: pauseChange,
    output: pausePlan,
  },
  approvePause: {
    method: 'POST',
    path: '/api/pauses/:id/approve',
    summary: 'Approve a plan',
    needs: 'pause.approve',
    params: id,
    body: pauseAnswer,
    output: pausePlan,
  },
  refusePause: {
    method: 'POST',
    path: '/api/pauses/:id/refuse',
    summary: 'Refuse a plan, with the reason',
    needs: 'pause.approve',
    params: id,
    body: pauseRefusal,
    output: pausePlan,
  },
  withdrawPause: {
    method: 'POST',
    path: '/api/pauses/:id/withdraw',
    summary: 'Withdraw a plan; a window that is running ends',
    needs: 'pause.file',
    params: id,
    body: pauseAnswer,
    output: pausePlan,
  },
} as const satisfies Record<string, Endpoint>
