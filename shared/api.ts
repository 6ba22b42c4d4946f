import { factEndpoints } from './city/facts/api.ts'
import { overviewEndpoints } from './city/overview/api.ts'
import { replayEndpoints } from './city/replay/api.ts'
import { searchEndpoints } from './city/search/api.ts'
import { fleetEndpoints } from './demo/fleet/api.ts'
import { nounEndpoints } from './nouns.ts'
import type { Endpoint } from './people/rights/endpoint.ts'

/** Every HTTP endpoint: what the server parses with, the browser calls, and `/api/openapi.json` describes. */
export const api = {
  ...nounEndpoints,
  ...factEndpoints,
  ...overviewEndpoints,
  ...replayEndpoints,
  ...searchEndpoints,
  ...fleetEndpoints,
} as const satisfies Record<string, Endpoint>

export type Api = typeof api
export type ApiName = keyof Api
