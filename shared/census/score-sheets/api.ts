import { z } from 'zod'
import { sentDay } from '../../base/instant.ts'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { effectRun, measured, sheet, sheetHistory } from './sheets.ts'

const on = sentDay.optional()
const edition = z.string().max(30).optional()

/** Score sheets: what the census rules make of a site. */
export const sheetEndpoints = {
  siteSheet: {
    method: 'GET',
    path: '/api/sites/:id/sheet',
    summary: 'The score sheet of a site on a day: today, unless said; by the edition in force, unless said',
    needs: 'signedIn',
    params: id,
    query: z.object({ on, edition }),
    output: sheet,
  },
  siteSheets: {
    method: 'GET',
    path: '/api/sites/:id/sheets',
    summary:
      'How the score sheet of a site has changed: stretches of days in which it stayed the same, without its lines; half a year, unless said',
    needs: 'signedIn',
    cost: 2,
    params: id,
    query: z.object({ from: sentDay.optional(), to: sentDay.optional() }),
    output: sheetHistory,
  },
  trialSheet: {
    method: 'POST',
    path: '/api/sheets/trial',
    summary: 'What the rules make of numbers that somebody gives; nothing is stored',
    needs: 'signedIn',
    body: z.object({ edition, measured, portal: z.boolean().default(false) }),
    output: sheet,
  },
  reckonEffect: {
    method: 'POST',
    path: '/api/editions/:code/effect',
    summary:
      'Reckon in the background what would change today if an edition were in force: sites with another outcome or other points',
    needs: 'settings.manage',
    cost: 20,
    params: z.object({ code: z.string().max(30) }),
    output: effectRun,
  },
  editionEffect: {
    method: 'GET',
    path: '/api/editions/:code/effect',
    summary: 'How far that has come, and what came of it once it is done',
    needs: 'settings.manage',
    cost: 2,
    params: z.object({ code: z.string().max(30) }),
    output: effectRun,
  },
} as const satisfies Record<string, Endpoint>
