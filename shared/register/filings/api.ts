import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { filing, filingNo, filingStep, newFiling, refiling } from './filings.ts'
import { FILING_ASKS, FILING_STATES, NOTICE_STATES } from './filings-rules.ts'
import './rights.ts'

/** The life cycle of sites: filed, approved, carried out on its day. */
export const filingEndpoints = {
  filings: {
    method: 'GET',
    path: '/api/filings',
    summary: 'What was filed about the life cycle of sites, newest first',
    needs: 'signedIn',
    query: z.object({
      site: rowId.optional(),
      state: z.enum(FILING_STATES).optional(),
      ask: z.enum(FILING_ASKS).optional(),
      district: z.string().max(20).optional(),
      /** By the notice of sites that go; `short`: gone with fewer days of it than it takes. */
      notice: z.enum([...NOTICE_STATES, 'short']).optional(),
      ...paging,
    }),
    output: page(filing),
  },
  fileFiling: {
    method: 'POST',
    path: '/api/filings',
    summary:
      'File that a site is to be exempt, paused (until a day), closed or moved (after a notice of 30 days), or normal again; never for days of which visits have counted',
    needs: 'filing.file',
    body: newFiling,
    output: filing,
  },
  approveFiling: {
    method: 'POST',
    path: '/api/filings/:id/approve',
    summary: 'Approve it; it takes effect on its day. Refused where it overlaps one that is approved',
    needs: 'filing.approve',
    params: id,
    body: filingStep,
    output: filing,
  },
  refuseFiling: {
    method: 'POST',
    path: '/api/filings/:id/refuse',
    summary: 'Refuse it, with the reason',
    needs: 'filing.approve',
    params: id,
    body: filingNo,
    output: filing,
  },
  returnFiling: {
    method: 'POST',
    path: '/api/filings/:id/return',
    summary: 'Give it back to be filed anew, with what is missing',
    needs: 'filing.approve',
    params: id,
    body: filingNo,
    output: filing,
  },
  refileFiling: {
    method: 'POST',
    path: '/api/filings/:id/file',
    summary: 'File anew what was returned',
    needs: 'filing.file',
    params: id,
    body: refiling,
    output: filing,
  },
  withdrawFiling: {
    method: 'POST',
    path: '/api/filings/:id/withdraw',
    summary: 'Withdraw it, before it is decided',
    needs: 'filing.file',
    params: id,
    body: filingStep,
    output: filing,
  },
  addFilingFile: {
    method: 'POST',
    path: '/api/filings/:id/files',
    summary:
      'Add a document, which is the body as it is, until it is decided; its name, its type and its content have to agree',
    needs: 'filing.file',
    cost: 10,
    params: id,
    query: z.object({ name: z.string().min(1).max(400), type: z.string().max(200).default('') }),
    takes: 'application/octet-stream',
    body: z.unknown(),
    output: filing,
  },
  removeFilingFile: {
    method: 'DELETE',
    path: '/api/filings/files/:id',
    summary: 'Hide a document until the filing is decided; it is kept, and who hid it',
    needs: 'filing.file',
    params: id,
    output: filing,
  },
  filingFile: {
    method: 'GET',
    path: '/api/filings/files/:id',
    summary: 'A document of a filing within the own scope, to be saved; pictures may be shown (`inline`)',
    needs: 'signedIn',
    cost: 5,
    params: id,
    query: z.object({ inline: z.enum(['true', 'false']).default('false') }),
    output: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    media: 'application/octet-stream',
  },
} as const satisfies Record<string, Endpoint>
