import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { sentText } from '../../base/sent-text.ts'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { contactsInput, siteContacts, unitDetail, unitItem } from './units.ts'

/** Units, and whom to ring. */
export const unitEndpoints = {
  units: {
    method: 'GET',
    path: '/api/units',
    summary: 'Units by name, code of a site or pinyin; those whom no notice reaches with reach=none',
    needs: 'signedIn',
    query: z.object({
      q: sentText.max(100).optional(),
      district: z.string().optional(),
      reach: z.enum(['none']).optional(),
      ...paging,
    }),
    output: page(unitItem),
  },
  unit: {
    method: 'GET',
    path: '/api/units/:id',
    summary: 'A unit, its contacts and its people',
    needs: 'signedIn',
    params: id,
    output: unitDetail,
  },
  setUnitContacts: {
    method: 'POST',
    path: '/api/units/:id/contacts',
    summary: 'Say who is to be rung at a unit: a head, three contacts, three on duty',
    needs: 'unit.contacts',
    params: id,
    body: contactsInput,
    output: unitDetail,
  },
  siteContacts: {
    method: 'GET',
    path: '/api/sites/:id/contacts',
    summary:
      'Whom to ring about a site: its unit, who is on duty, who acted last on an alert or a rectification of it',
    needs: 'contact.read',
    params: id,
    query: z.object({
      alertId: rowId.optional(),
      rectificationId: rowId.optional(),
    }),
    output: siteContacts,
  },
} as const satisfies Record<string, Endpoint>
