import { costOfRows, type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { outboundCounts, outboundDetail, outboundFilter, outboundHost } from './outbound.ts'

/** Foreign hosts that sites link to. */
export const outboundEndpoints = {
  outboundHosts: {
    method: 'GET',
    path: '/api/outbound',
    summary:
      'Foreign hosts that sites link to, those that have gone bad first: state, where they lead, how many sites and pages link there',
    needs: 'signedIn',
    cost: costOfRows(2, 100),
    query: outboundFilter.extend(paging),
    output: page(outboundHost).extend({ counts: outboundCounts }),
  },
  outboundHost: {
    method: 'GET',
    path: '/api/outbound/:id',
    summary: 'A foreign host with its history and the sites and pages that link there',
    needs: 'signedIn',
    cost: 2,
    params: id,
    output: outboundDetail,
  },
  lookOutbound: {
    method: 'POST',
    path: '/api/outbound/:id/look',
    summary: 'Look at a foreign host again, within a minute',
    needs: 'site.visit',
    cost: 5,
    params: id,
    output: outboundHost,
  },
} as const satisfies Record<string, Endpoint>
