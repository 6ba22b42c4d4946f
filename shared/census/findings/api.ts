import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { sentText } from '../../base/sent-text.ts'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { censusFinding, newFinding } from './findings.ts'
import { FINDING_STATES, MOST_NOTE } from './findings-rules.ts'
import './rights.ts'

const version = z.int().min(1)
const note = sentText.max(MOST_NOTE)

/** What persons have found on sites, by the rules of the census. */
export const censusFindingEndpoints = {
  censusFindings: {
    method: 'GET',
    path: '/api/findings',
    summary: 'Findings of persons, newest first',
    needs: 'signedIn',
    cost: 3,
    query: z.object({
      site: rowId.optional(),
      state: z.enum(FINDING_STATES).optional(),
      rule: z.string().max(10).optional(),
      district: z.string().max(12).optional(),
      ...paging,
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    output: page(censusFinding),
  },
  recordFinding: {
    method: 'POST',
    path: '/api/findings',
    summary: 'Record what was found on a site; a veto counts once a second person has confirmed it',
    needs: 'finding.record',
    body: newFinding,
    output: censusFinding,
  },
  confirmFinding: {
    method: 'POST',
    path: '/api/findings/:id/confirm',
    summary: 'Confirm what another person has found',
    needs: 'finding.record',
    params: id,
    body: z.object({ version, note: note.default('') }),
    output: censusFinding,
  },
  dismissFinding: {
    method: 'POST',
    path: '/api/findings/:id/dismiss',
    summary: 'It is none, for a reason; it stays in the list',
    needs: 'finding.record',
    params: id,
    body: z.object({ version, note: note.min(1) }),
    output: censusFinding,
  },
  mendFinding: {
    method: 'POST',
    path: '/api/findings/:id/mend',
    summary: 'It has been put right, and costs nothing from now on',
    needs: 'finding.record',
    params: id,
    body: z.object({ version, note: note.default('') }),
    output: censusFinding,
  },
  addPicture: {
    method: 'POST',
    path: '/api/findings/:id/pictures',
    summary:
      'Add a screenshot, which is the body as it is; its name, its type and its content have to be a picture',
    needs: 'finding.record',
    cost: 10,
    params: id,
    query: z.object({ name: z.string().min(1).max(400), type: z.string().max(200).default('') }),
    takes: 'application/octet-stream',
    body: z.unknown(),
    output: censusFinding,
  },
  picture: {
    method: 'GET',
    path: '/api/findings/pictures/:id',
    summary: 'A screenshot of a finding within the own scope',
    needs: 'signedIn',
    cost: 5,
    params: id,
    output: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    media: 'application/octet-stream',
  },
} as const satisfies Record<string, Endpoint>
