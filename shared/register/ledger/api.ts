import { z } from 'zod'
import { sentDay } from '../../base/instant.ts'
import { sentText } from '../../base/sent-text.ts'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import {
  answerer,
  answersOfDay,
  answersOfDistrict,
  newSite,
  registerFilter,
  siteChange,
  siteEdit,
  siteRecord,
  sitesEdit,
  unsettledFilter,
  unsettledSite,
} from './ledger.ts'
import './rights.ts'

/** The register of sites: every field of it, and how each came to be. */
export const ledgerEndpoints = {
  addSite: {
    method: 'POST',
    path: '/api/sites',
    summary: 'Add a site to the register; level and division follow from its code where they are left out',
    needs: 'register.place',
    body: newSite,
    output: siteRecord,
  },
  editSites: {
    method: 'POST',
    path: '/api/sites/edit',
    summary: 'Change the same fields of many sites, for one reason',
    needs: 'register.edit',
    cost: 10,
    body: sitesEdit,
    output: z.object({ changed: z.int(), same: z.int(), batch: z.string() }),
  },
  editSite: {
    method: 'PATCH',
    path: '/api/sites/:id',
    summary:
      'Change fields of a site, for a reason. 409: somebody has changed it since that version; `conflicting` are the fields that both have changed',
    needs: 'register.edit',
    params: id,
    body: siteEdit,
    output: siteRecord,
  },
  registerCsv: {
    method: 'GET',
    path: '/api/register.csv',
    summary:
      'The register with every field that one may read, filtered as the list of sites; an import takes it back',
    needs: 'signedIn',
    cost: 20,
    query: registerFilter,
    output: z.string(),
    media: 'text/csv',
  },
  registerXlsx: {
    method: 'GET',
    path: '/api/register.xlsx',
    summary: 'The same as a workbook',
    needs: 'signedIn',
    cost: 20,
    query: registerFilter,
    output: z.string(),
    media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  answers: {
    method: 'GET',
    path: '/api/register/answers',
    summary:
      'Who builds, runs, supervises and maintains: by district, how many sites have no answer or several; those that are over are left out',
    needs: 'signedIn',
    cost: 5,
    output: z.array(answersOfDistrict),
  },
  answersProgress: {
    method: 'GET',
    path: '/api/register/answers/progress',
    summary:
      'How many sites had no answer or several to one of those questions, day by day, as far as it was kept',
    needs: 'signedIn',
    cost: 2,
    query: z.object({
      district: z.string().max(20).optional(),
      days: z.coerce.number().int().min(7).max(400).default(183),
    }),
    output: z.array(answersOfDay),
  },
  findAnswerers: {
    method: 'GET',
    path: '/api/register/answerers',
    summary:
      'Units of the register and firms that sites have named, by part of the name; of units also by pinyin',
    needs: 'register.edit',
    cost: 5,
    query: z.object({ q: sentText.min(1).max(50) }),
    output: z.array(answerer),
  },
  siteAnswerers: {
    method: 'GET',
    path: '/api/sites/:id/answerers',
    summary: 'Of those whom a site names, which are units of the register',
    needs: 'signedIn',
    params: id,
    output: z.array(answerer),
  },
  unsettled: {
    method: 'GET',
    path: '/api/register/unsettled',
    summary: 'The sites with no answer or several to one of those questions',
    needs: 'signedIn',
    cost: 2,
    query: unsettledFilter.extend(paging),
    output: page(unsettledSite),
  },
  siteRecord: {
    method: 'GET',
    path: '/api/sites/:id/register',
    summary: 'Everything that the register says of a site',
    needs: 'signedIn',
    params: id,
    output: siteRecord,
  },
  siteChanges: {
    method: 'GET',
    path: '/api/sites/:id/changes',
    summary:
      'How the register came to say what it says of a site, newest first; on=YYYY-MM-DD: up to the end of that day, and what it said then',
    needs: 'signedIn',
    params: id,
    query: z.object({
      on: sentDay.optional(),
      field: z.string().max(50).optional(),
      ...paging,
    }),
    output: page(siteChange).extend({
      /** What the register said at the end of that day; null: it had no such site yet. Absent unless a day was asked for. */
      asOf: siteRecord.nullable().optional(),
    }),
  },
} as const satisfies Record<string, Endpoint>
