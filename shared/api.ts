import { scoreEndpoints } from './census/score/api.ts'
import { factEndpoints } from './city/facts/api.ts'
import { overviewEndpoints } from './city/overview/api.ts'
import { replayEndpoints } from './city/replay/api.ts'
import { fleetEndpoints } from './demo/fleet/api.ts'
import { alertEndpoints } from './desk/alerts/api.ts'
import { asideEndpoints } from './desk/aside/api.ts'
import { attachmentEndpoints } from './desk/attachments/api.ts'
import { dutyEndpoints } from './desk/duty/api.ts'
import { escalationEndpoints } from './desk/escalation/api.ts'
import { findingEndpoints } from './desk/findings/api.ts'
import { notificationEndpoints } from './desk/notifications/api.ts'
import { pauseEndpoints } from './desk/pauses/api.ts'
import { rectificationEndpoints } from './desk/rectifications/api.ts'
import { viewEndpoints } from './desk/views/api.ts'
import { columnEndpoints } from './monitor/columns/api.ts'
import { evidenceEndpoints } from './monitor/evidence/api.ts'
import { linkEndpoints } from './monitor/links/api.ts'
import { standingEndpoints } from './monitor/standing/api.ts'
import { accountEndpoints } from './people/accounts/api.ts'
import { auditEndpoints } from './people/audit/api.ts'
import { wallLinkEndpoints } from './people/rights/api.ts'
import type { Endpoint } from './people/rights/endpoint.ts'
import { sessionEndpoints } from './people/sessions/api.ts'
import { settingsEndpoints } from './people/settings/api.ts'
import { divisionEndpoints } from './register/divisions/api.ts'
import { importEndpoints } from './register/import/api.ts'
import { siteEndpoints } from './register/sites/api.ts'
import { unitEndpoints } from './register/units/api.ts'
import { calendarEndpoints } from './register/workdays/api.ts'

/** Every HTTP endpoint: what the server parses with, the browser calls, and `/api/openapi.json` describes. */
export const api = {
  ...accountEndpoints,
  ...auditEndpoints,
  ...wallLinkEndpoints,
  ...sessionEndpoints,
  ...settingsEndpoints,
  ...divisionEndpoints,
  ...importEndpoints,
  ...siteEndpoints,
  ...unitEndpoints,
  ...calendarEndpoints,
  ...columnEndpoints,
  ...evidenceEndpoints,
  ...linkEndpoints,
  ...standingEndpoints,
  ...alertEndpoints,
  ...asideEndpoints,
  ...attachmentEndpoints,
  ...dutyEndpoints,
  ...escalationEndpoints,
  ...findingEndpoints,
  ...notificationEndpoints,
  ...pauseEndpoints,
  ...rectificationEndpoints,
  ...viewEndpoints,
  ...scoreEndpoints,
  ...factEndpoints,
  ...overviewEndpoints,
  ...replayEndpoints,
  ...fleetEndpoints,
} as const satisfies Record<string, Endpoint>

export type Api = typeof api
export type ApiName = keyof Api
