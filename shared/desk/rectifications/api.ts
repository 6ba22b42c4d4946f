import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { sentDay } from '../../base/instant.ts'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { userListItem } from '../../people/rights/rights.ts'
import { divisionCode } from '../../register/divisions/divisions.ts'
import { offender, offenderQuery, progressQuery, progressReport } from './progress.ts'
import {
  bulkRectificationInput,
  bulkRectificationResult,
  raiseInput,
  raiseManyInput,
  raiseManyResult,
  rectification,
  rectificationCommentInput,
  rectificationSource,
  stage,
  stepInput,
} from './rectifications.ts'

/** Open rectifications at the end of each day, how many of them were overdue, and what was raised and closed that day. */
export const burnDown = z.object({
  points: z.array(
    z.object({ day: z.string(), open: z.int(), overdue: z.int(), raised: z.int(), closed: z.int() }),
  ),
})

const rectificationStep = <S extends keyof typeof stepInput>(name: S, summary: string) =>
  ({
    method: 'POST',
    path: `/api/rectifications/:id/${name}`,
    summary,
    needs: `rectification.${name}`,
    params: id,
    body: stepInput[name],
    output: rectification,
  }) as const

/** Rectifications: lists, reports, raising them and their steps; deadlines in working days. */
export const rectificationEndpoints = {
  rectifications: {
    method: 'GET',
    path: '/api/rectifications',
    summary: 'Rectifications of the own scope; those not closed unless a stage is given',
    needs: 'signedIn',
    cost: 2,
    query: z.object({
      stage: z.union([stage, z.literal('open'), z.literal('all')]).default('open'),
      district: z.string().optional(),
      unit: rowId.optional(),
      siteId: rowId.optional(),
      source: rectificationSource.optional(),
      batch: rowId.optional(),
      clock: z.enum(['atRisk', 'overdue', 'paused']).optional(),
      /** Only those with something asked for that is not answered. */
      asked: z.enum(['true', 'false']).optional(),
      relapsed: z.enum(['true', 'false']).optional(),
      ...paging,
    }),
    output: page(rectification),
  },
  rectification: {
    method: 'GET',
    path: '/api/rectifications/:id',
    summary: 'One rectification',
    needs: 'signedIn',
    params: id,
    output: rectification,
  },
  raiseRectification: {
    method: 'POST',
    path: '/api/rectifications',
    summary: 'Raise a rectification from alerts of one site',
    needs: 'rectification.raise',
    body: raiseInput,
    output: rectification,
  },
  raiseRectifications: {
    method: 'POST',
    path: '/api/rectifications/batch',
    summary: 'Raise a rectification for each site of an incident, of some alerts, or for each of some sites',
    needs: 'rectification.raise',
    body: raiseManyInput,
    output: raiseManyResult,
  },
  bulkRectifications: {
    method: 'POST',
    path: '/api/rectifications/bulk',
    summary: 'One step with many rectifications, each with its own result',
    needs: ['rectification.assign', 'rectification.accept', 'rectification.extend'],
    body: bulkRectificationInput,
    output: bulkRectificationResult,
  },
  assignRectification: rectificationStep('assign', 'Give a rectification to somebody'),
  acceptRectification: rectificationStep('accept', 'The unit takes it on'),
  submitRectification: rectificationStep('submit', 'Say that it is fixed; the monitor measures again'),
  confirmRectification: rectificationStep(
    'confirm',
    'Close what only a person can check, with what was found',
  ),
  pauseRectification: rectificationStep('pause', 'Stop the clock through a day, with the reason'),
  resumeRectification: rectificationStep('resume', 'Let the clock go on'),
  returnRectification: rectificationStep('return', 'Send it back, with the reason'),
  extendRectification: rectificationStep('extend', 'Give it more time, with the reason'),
  overrideRectification: rectificationStep(
    'override',
    'Close it against or without the monitor, with the reason',
  ),
  askRectification: rectificationStep('ask', 'Ask for more time or a pause, until a day, with the reason'),
  withdrawRectification: rectificationStep('withdraw', 'Take back what was asked for'),
  answerRectification: rectificationStep(
    'answer',
    'Grant what is asked for, until that day or another, or refuse it',
  ),
  commentRectification: {
    method: 'POST',
    path: '/api/rectifications/:id/comment',
    summary: 'Add to its record, and mention people',
    needs: 'rectification.comment',
    params: id,
    body: rectificationCommentInput,
    output: rectification,
  },
  rectificationPeople: {
    method: 'GET',
    path: '/api/rectifications/:id/people',
    summary: 'People who may see a rectification, and so can be mentioned in a comment',
    needs: 'rectification.comment',
    params: id,
    output: z.array(userListItem),
  },
  progress: {
    method: 'GET',
    path: '/api/rectifications/progress',
    summary: 'How the fixing goes over the last days: all of the own scope, and by district',
    needs: 'signedIn',
    cost: 10,
    query: progressQuery,
    output: progressReport,
  },
  offenders: {
    method: 'GET',
    path: '/api/rectifications/offenders',
    summary:
      'Units or sites whose rectifications relapsed, ran late or were sent back too often, worst first',
    needs: 'signedIn',
    cost: 10,
    query: offenderQuery,
    output: z.array(offender),
  },
  burnDown: {
    method: 'GET',
    path: '/api/rectifications/burn-down',
    summary: 'Open and overdue rectifications by day',
    needs: 'wall',
    cost: 5,
    query: z.object({
      days: z.coerce.number().int().min(1).max(366).default(30),
      /** Only of sites in this division. */
      under: divisionCode.optional(),
    }),
    output: burnDown,
  },
  deadlines: {
    method: 'GET',
    path: '/api/deadlines',
    summary: 'The day so many Chinese working days after another',
    needs: 'signedIn',
    query: z.object({ from: sentDay, workdays: z.coerce.number().int().min(1).max(1000) }),
    /** `provisional`: the holidays of some year of it are not announced, so that it will be reckoned again. */
    output: z.object({ due: z.iso.date(), provisional: z.boolean() }),
  },
} as const satisfies Record<string, Endpoint>
