import { z } from 'zod'
import { factorCode, password } from './accounts.ts'
import { accountEndpoints } from './accounts-api.ts'
import {
  ALERT_RIGHTS,
  acknowledgeInput,
  alert,
  alertStatus,
  assignInput,
  bulkInput,
  bulkResult,
  commentInput,
  falseAlarmFigure,
  falseAlarmInput,
  mergeInput,
  regradeInput,
  resolveInput,
  silenceInput,
  splitInput,
  unacknowledgeInput,
} from './alerts.ts'
import { attachment } from './attachments.ts'
import { AUDIT_FORMATS, auditEntry, auditFilter } from './audit.ts'
import { snapshot } from './board.ts'
import { columnClass, siteColumns } from './columns.ts'
import { type Endpoint, id, page, paging } from './endpoint.ts'
import { evidenceDetail, siteEvidence } from './evidence.ts'
import { fact } from './facts.ts'
import { sayInput, siteSignals } from './findings.ts'
import { linkReport, linkScan, scanInput } from './links.ts'
import {
  bulkFixInput,
  bulkFixResult,
  fixSource,
  progress,
  raiseInput,
  raiseManyInput,
  raiseManyResult,
  rectification,
  stage,
  stepInput,
} from './rectifications.ts'
import { beginnings, factPage } from './replay.ts'
import { sitePreview } from './score.ts'
import { site, siteDetail, siteHistory } from './sites.ts'
import { siteState } from './states.ts'
import { newUser, role, user, userListItem } from './users.ts'
import { newView, savedView } from './views.ts'

export const district = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  total: z.int(),
  counts: z.record(siteState, z.int()),
})
export type District = z.infer<typeof district>

export const wallLink = z.object({
  id: z.int(),
  label: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type WallLink = z.infer<typeof wallLink>

/** How the city's counts went, for the strip under the wall's board and the overview. */
export const cityHistory = z.object({
  points: z.array(z.object({ at: z.iso.datetime(), counts: z.record(siteState, z.int()) })),
})

/** Open fixes at the end of each day, how many of them were overdue, and what was raised and closed that day. */
export const burnDown = z.object({
  points: z.array(
    z.object({ day: z.string(), open: z.int(), overdue: z.int(), raised: z.int(), closed: z.int() }),
  ),
  byDistrict: z.array(z.object({ district: z.string(), open: z.int(), overdue: z.int() })),
})

export const fleetState = z.object({
  line: z.enum(['up', 'down']),
  overrides: z.array(z.object({ code: z.string(), kind: z.string() })),
})

const alertStep = <N extends keyof typeof ALERT_RIGHTS, B extends z.ZodType>(
  name: N,
  body: B,
  summary: string,
) =>
  ({
    method: 'POST',
    path: `/api/alerts/:id/${name}`,
    summary,
    needs: ALERT_RIGHTS[name],
    params: id,
    body,
    output: alert,
  }) as const
const fixStep = <S extends keyof typeof stepInput>(name: S, summary: string) =>
  ({
    method: 'POST',
    path: `/api/rectifications/:id/${name}`,
    summary,
    needs: `rectification.${name}`,
    params: id,
    body: stepInput[name],
    output: rectification,
  }) as const

/** Every HTTP endpoint: what the server parses with, the browser calls, and `/api/openapi.json` describes. */
export const api = {
  signIn: {
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in by password, or by the key of a wall link',
    needs: 'open',
    body: z.union([
      z.object({
        username: z.string().min(1).max(100),
        password,
        /** The second factor, of those who have one: without it the answer is `second_factor`. */
        code: factorCode.optional(),
      }),
      z.object({ wallKey: z.string().min(1).max(200) }),
    ]),
    output: user,
  },
  session: {
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in',
    needs: 'signedIn',
    output: user,
  },
  demoSignIns: {
    method: 'GET',
    path: '/api/session/demo',
    summary: 'The sign-ins of the demo; none where a real register is loaded',
    needs: 'open',
    output: z.array(z.object({ username: z.string(), name: z.string(), role, password: z.string() })),
  },
  signInOptions: {
    method: 'GET',
    path: '/api/session/options',
    summary: 'What the sign-in page offers besides a password',
    needs: 'open',
    output: z.object({ provider: z.object({ label: z.string() }).nullable() }),
  },
  startProvider: {
    method: 'GET',
    path: '/api/session/provider',
    summary: 'Go to the sign-in provider (OpenID Connect); for browsers',
    needs: 'open',
    query: z.object({ next: z.string().max(2000).optional() }),
    output: z.string(),
    media: 'text/html',
  },
  returnFromProvider: {
    method: 'GET',
    path: '/api/session/provider/return',
    summary: 'Where the sign-in provider sends the browser back to',
    needs: 'open',
    output: z.string(),
    media: 'text/html',
  },
  signOut: {
    method: 'DELETE',
    path: '/api/session',
    summary: 'Sign out',
    needs: 'signedIn',
    /** Where to end the session at the sign-in provider too. */
    output: z.object({ leaveAt: z.string().nullable() }),
  },
  changePassword: {
    method: 'POST',
    path: '/api/session/password',
    summary: 'Change the own password',
    needs: 'person',
    body: z.object({ current: password, next: password }),
  },

  districts: {
    method: 'GET',
    path: '/api/districts',
    summary: 'Districts with their counts by state',
    needs: 'signedIn',
    output: z.array(district),
  },
  cityHistory: {
    method: 'GET',
    path: '/api/city/history',
    summary: 'Counts by state over the last hours',
    needs: 'signedIn',
    query: z.object({
      hours: z.coerce.number().int().min(1).max(2_160).default(24),
      stepMinutes: z.coerce.number().int().min(1).max(1_440).default(15),
    }),
    output: cityHistory,
  },
  cityAt: {
    method: 'GET',
    path: '/api/city/at',
    summary: 'The board as it stood at an instant, within the own scope; visits are not part of it',
    needs: 'person',
    query: z.object({ at: z.iso.datetime({ offset: true }) }),
    output: snapshot,
  },
  cityFacts: {
    method: 'GET',
    path: '/api/city/facts',
    summary: 'The facts after a number, oldest first, to go on from the board of an instant',
    needs: 'person',
    query: z.object({
      after: z.coerce.number().int().min(0),
      limit: z.coerce.number().int().min(1).max(2_000).default(500),
    }),
    output: factPage,
  },
  cityBeginnings: {
    method: 'GET',
    path: '/api/city/beginnings',
    summary: 'When outages, shared failures and violations began, the newest 1,000 of a range',
    needs: 'person',
    query: z.object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }),
    output: beginnings,
  },
  facts: {
    method: 'GET',
    path: '/api/facts',
    summary: 'The fact log, newest first',
    needs: 'signedIn',
    query: z.object({
      siteId: z.coerce.number().int().optional(),
      alertId: z.coerce.number().int().optional(),
      rectificationId: z.coerce.number().int().optional(),
      ...paging,
    }),
    output: page(fact),
  },

  sites: {
    method: 'GET',
    path: '/api/sites',
    summary: 'Sites of the own scope',
    needs: 'signedIn',
    query: z.object({
      district: z.string().optional(),
      state: siteState.optional(),
      q: z.string().trim().max(100).optional(),
      ...paging,
    }),
    output: page(site),
  },
  site: {
    method: 'GET',
    path: '/api/sites/:id',
    summary: 'One site in full',
    needs: 'signedIn',
    params: id,
    output: siteDetail,
  },
  siteHistory: {
    method: 'GET',
    path: '/api/sites/:id/history',
    summary: 'Visits and changes of one site',
    needs: 'signedIn',
    params: id,
    query: z.object({
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
    }),
    output: siteHistory,
  },
  visitSite: {
    method: 'POST',
    path: '/api/sites/:id/visit',
    summary: 'Have the monitor visit the site now',
    needs: 'site.visit',
    params: id,
  },
  pauseSite: {
    method: 'POST',
    path: '/api/sites/:id/pause',
    summary: 'File downtime: nothing counts until then',
    needs: 'site.pause',
    params: id,
    body: z.object({
      until: z.iso.datetime({ offset: true }).nullable(),
      reason: z.string().trim().max(500),
    }),
    output: siteDetail,
  },
  siteEvidence: {
    method: 'GET',
    path: '/api/sites/:id/evidence',
    summary: 'Pages of a site kept when its verdict changed, newest first',
    needs: 'signedIn',
    params: id,
    output: z.array(siteEvidence),
  },
  evidence: {
    method: 'GET',
    path: '/api/evidence/:id',
    summary: 'One kept page, and how its text differs from the copy before it',
    needs: 'signedIn',
    params: id,
    output: evidenceDetail,
  },
  evidencePage: {
    method: 'GET',
    path: '/api/evidence/:id/page',
    summary: 'A kept page as an inert document: no script, no form, no request to anywhere',
    needs: 'signedIn',
    params: id,
    output: z.string(),
    media: 'text/html',
  },
  links: {
    method: 'GET',
    path: '/api/sites/:id/links',
    summary: 'The last scan of a site for broken links, and what it found so far',
    needs: 'signedIn',
    params: id,
    output: linkReport,
  },
  startScan: {
    method: 'POST',
    path: '/api/sites/:id/scans',
    summary: 'Scan a site for broken links; what is not said is as at its last scan',
    needs: 'site.visit',
    params: id,
    body: scanInput,
    output: linkScan,
  },
  stopScan: {
    method: 'POST',
    path: '/api/scans/:id/stop',
    summary: 'Stop a scan; it can go on later',
    needs: 'site.visit',
    params: id,
    body: z.object({ version: z.int() }),
    output: linkScan,
  },
  resumeScan: {
    method: 'POST',
    path: '/api/scans/:id/resume',
    summary: 'Have a stopped scan go on where it was',
    needs: 'site.visit',
    params: id,
    body: z.object({ version: z.int() }),
    output: linkScan,
  },

  sitePreview: {
    method: 'GET',
    path: '/api/sites/:id/preview',
    summary: 'What the part of the 2015 census that a monitor measures would cost a site now',
    needs: 'signedIn',
    params: id,
    output: sitePreview,
  },
  siteColumns: {
    method: 'GET',
    path: '/api/sites/:id/columns',
    summary: 'The columns of a site, and what the rules say of them',
    needs: 'signedIn',
    params: id,
    output: siteColumns,
  },
  classifyColumn: {
    method: 'POST',
    path: '/api/sites/:id/columns/:columnId',
    summary: 'Say what a column is for, which confirms it',
    needs: 'column.classify',
    params: id.extend({ columnId: id.shape.id }),
    body: z.object({ class: columnClass }),
    output: siteColumns,
  },
  siteSignals: {
    method: 'GET',
    path: '/api/sites/:id/signals',
    summary: 'Dates, new items and what a person found: how fresh a site is',
    needs: 'signedIn',
    params: id,
    output: siteSignals,
  },
  sayFinding: {
    method: 'POST',
    path: '/api/sites/:id/finding',
    summary: 'Say how fresh a site is, above what the monitor finds',
    needs: 'site.judge',
    params: id,
    body: sayInput,
    output: siteSignals,
  },
  withdrawFinding: {
    method: 'DELETE',
    path: '/api/sites/:id/finding',
    summary: 'Take back what was said, so that the monitor judges again',
    needs: 'site.judge',
    params: id,
    output: siteSignals,
  },

  alerts: {
    method: 'GET',
    path: '/api/alerts',
    summary: 'Alerts of the own scope; live ones unless a status is given',
    needs: 'signedIn',
    query: z.object({
      status: z.union([alertStatus, z.literal('live')]).default('live'),
      district: z.string().optional(),
      assignee: z.string().optional(),
      rule: z.string().optional(),
      siteId: z.coerce.number().int().optional(),
      resolvedSince: z.iso.datetime({ offset: true }).optional(),
      ...paging,
    }),
    output: page(alert),
  },
  falseAlarms: {
    method: 'GET',
    path: '/api/alerts/false-alarms',
    summary: 'Alerts of each rule in the last days, and how many of them people held to be false',
    needs: 'signedIn',
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    output: z.array(falseAlarmFigure),
  },
  alertPeople: {
    method: 'GET',
    path: '/api/alerts/:id/people',
    summary: 'People who may see an alert, and so can be mentioned in a comment',
    needs: 'alert.comment',
    params: id,
    output: z.array(userListItem),
  },
  alert: {
    method: 'GET',
    path: '/api/alerts/:id',
    summary: 'One alert',
    needs: 'signedIn',
    params: id,
    output: alert,
  },
  acknowledgeAlert: alertStep('acknowledge', acknowledgeInput, 'Take an alert on, until a time'),
  unacknowledgeAlert: alertStep(
    'unacknowledge',
    unacknowledgeInput,
    'Put an acknowledged alert back to open',
  ),
  assignAlert: alertStep(
    'assign',
    assignInput,
    'Give an alert to somebody or to its unit; giving it to oneself acknowledges it',
  ),
  silenceAlert: alertStep('silence', silenceInput, 'Tell nobody of it until a time'),
  commentAlert: alertStep('comment', commentInput, 'Add to its timeline, and call on people'),
  regradeAlert: alertStep('regrade', regradeInput, 'Set its severity, until the monitor judges anew'),
  mergeAlert: alertStep('merge', mergeInput, 'Make an outage part of an incident'),
  splitAlert: alertStep('split', splitInput, 'Take an outage out of its incident'),
  resolveAlert: alertStep(
    'resolve',
    resolveInput,
    'Close by hand; it comes back if the monitor still sees it',
  ),
  falsifyAlert: {
    ...alertStep(
      'falseAlarm',
      falseAlarmInput,
      'Resolve as a false alarm; of V2 it is also a finding of how fresh the site is',
    ),
    path: '/api/alerts/:id/false-alarm',
  },
  bulkAlerts: {
    method: 'POST',
    path: '/api/alerts/bulk',
    summary: 'One action on many alerts, each with its own result',
    needs: [...new Set(Object.values(ALERT_RIGHTS))],
    body: bulkInput,
    output: bulkResult,
  },

  views: {
    method: 'GET',
    path: '/api/views',
    summary: 'Own saved views of the alert list, and those that are shared',
    needs: 'person',
    output: z.array(savedView),
  },
  saveView: {
    method: 'POST',
    path: '/api/views',
    summary: 'Save filters under a name; the same name again replaces the view',
    needs: 'person',
    body: newView,
    output: savedView,
  },
  deleteView: {
    method: 'DELETE',
    path: '/api/views/:id',
    summary: 'Delete a saved view',
    needs: 'person',
    params: id,
  },

  rectifications: {
    method: 'GET',
    path: '/api/rectifications',
    summary: 'Fixes of the own scope; those not closed unless a stage is given',
    needs: 'signedIn',
    query: z.object({
      stage: z.union([stage, z.literal('open'), z.literal('all')]).default('open'),
      district: z.string().optional(),
      unit: z.coerce.number().int().optional(),
      siteId: z.coerce.number().int().optional(),
      source: fixSource.optional(),
      batch: z.coerce.number().int().optional(),
      clock: z.enum(['atRisk', 'overdue', 'paused']).optional(),
      relapsed: z.enum(['true', 'false']).optional(),
      ...paging,
    }),
    output: page(rectification),
  },
  rectification: {
    method: 'GET',
    path: '/api/rectifications/:id',
    summary: 'One fix',
    needs: 'signedIn',
    params: id,
    output: rectification,
  },
  raiseRectification: {
    method: 'POST',
    path: '/api/rectifications',
    summary: 'Raise a fix from alerts of one site',
    needs: 'rectification.raise',
    body: raiseInput,
    output: rectification,
  },
  raiseRectifications: {
    method: 'POST',
    path: '/api/rectifications/batch',
    summary: 'Raise a fix for each site of an incident, or for each of some sites',
    needs: 'rectification.raise',
    body: raiseManyInput,
    output: raiseManyResult,
  },
  bulkRectifications: {
    method: 'POST',
    path: '/api/rectifications/bulk',
    summary: 'One step with many fixes, each with its own result',
    needs: ['rectification.assign', 'rectification.accept', 'rectification.extend'],
    body: bulkFixInput,
    output: bulkFixResult,
  },
  assignRectification: fixStep('assign', 'Give a fix to somebody'),
  acceptRectification: fixStep('accept', 'The unit takes it on'),
  submitRectification: fixStep('submit', 'Say that it is fixed; the monitor measures again'),
  confirmRectification: fixStep('confirm', 'Close what only a person can check, with what was found'),
  pauseRectification: fixStep('pause', 'Stop the clock through a day, with the reason'),
  resumeRectification: fixStep('resume', 'Let the clock go on'),
  returnRectification: fixStep('return', 'Send it back, with the reason'),
  extendRectification: fixStep('extend', 'Give it more time, with the reason'),
  overrideRectification: fixStep('override', 'Close it against or without the monitor, with the reason'),
  attachments: {
    method: 'GET',
    path: '/api/rectifications/:id/attachments',
    summary: 'Documents and pictures added to a fix, oldest first',
    needs: 'signedIn',
    params: id,
    output: z.array(attachment),
  },
  attach: {
    method: 'POST',
    path: '/api/rectifications/:id/attachments',
    summary: 'Add a file, which is the body as it is; its name, its type and its content have to agree',
    needs: 'rectification.attach',
    params: id,
    query: z.object({ name: z.string().min(1).max(400), type: z.string().max(200).default('') }),
    takes: 'application/octet-stream',
    body: z.unknown(),
    output: attachment,
  },
  detach: {
    method: 'DELETE',
    path: '/api/attachments/:id',
    summary: 'Hide an attachment; it is kept, and who hid it',
    needs: 'rectification.attach',
    params: id,
  },
  attachmentContent: {
    method: 'GET',
    path: '/api/attachments/:id',
    summary: 'The file itself, to be saved; pictures may be shown (`inline`)',
    needs: 'signedIn',
    params: id,
    query: z.object({ inline: z.enum(['true', 'false']).default('false') }),
    output: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    media: 'application/octet-stream',
  },
  progress: {
    method: 'GET',
    path: '/api/rectifications/progress',
    summary: 'Raised, closed, overdue',
    needs: 'signedIn',
    output: progress,
  },
  burnDown: {
    method: 'GET',
    path: '/api/rectifications/burn-down',
    summary: 'Open and overdue fixes by day',
    needs: 'signedIn',
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    output: burnDown,
  },
  calendar: {
    method: 'GET',
    path: '/api/calendar',
    summary: 'Which days of the last, this and the next year are worked, as far as they are announced',
    needs: 'signedIn',
    output: z.object({
      first: z.int(),
      last: z.int(),
      off: z.array(z.iso.date()),
      worked: z.array(z.iso.date()),
    }),
  },
  deadlines: {
    method: 'GET',
    path: '/api/deadlines',
    summary: 'The day so many Chinese working days after another',
    needs: 'signedIn',
    query: z.object({ from: z.iso.date(), workdays: z.coerce.number().int().min(1).max(1000) }),
    output: z.object({ due: z.iso.date() }),
  },

  users: {
    method: 'GET',
    path: '/api/users',
    summary: 'People, or those who can be given work in a district',
    needs: 'signedIn',
    query: z.object({ assignable: z.enum(['true', 'false']).optional(), district: z.string().optional() }),
    output: z.array(userListItem),
  },
  createUser: {
    method: 'POST',
    path: '/api/users',
    summary: 'Make an account; its first password is shown this once',
    needs: 'user.manage',
    body: newUser,
    output: z.object({ user: userListItem, password: z.string() }),
  },
  resetPassword: {
    method: 'POST',
    path: '/api/users/:id/password',
    summary: 'Give somebody a new first password, also to somebody who was disabled',
    needs: 'user.manage',
    params: id,
    output: z.object({ password: z.string() }),
  },
  disableUser: {
    method: 'DELETE',
    path: '/api/users/:id',
    summary: 'Disable an account and sign it out; what the person did stays',
    needs: 'user.manage',
    params: id,
  },
  ...accountEndpoints,

  wallLinks: {
    method: 'GET',
    path: '/api/wall-links',
    summary: 'Read-only links for wall displays',
    needs: 'wall.link',
    output: z.array(wallLink),
  },
  createWallLink: {
    method: 'POST',
    path: '/api/wall-links',
    summary: 'Make a wall link; its key is shown this once',
    needs: 'wall.link',
    body: z.object({ label: z.string().trim().min(1).max(100) }),
    output: z.object({ link: wallLink, key: z.string() }),
  },
  revokeWallLink: {
    method: 'DELETE',
    path: '/api/wall-links/:id',
    summary: 'Revoke a wall link and sign its displays out',
    needs: 'wall.link',
    params: id,
  },
  audit: {
    method: 'GET',
    path: '/api/audit',
    summary: 'Who did what, newest first',
    needs: 'audit.read',
    query: auditFilter.extend(paging),
    output: page(auditEntry),
  },
  exportAudit: {
    method: 'GET',
    path: '/api/audit/export',
    summary: 'The same entries as a file, oldest first',
    needs: 'audit.read',
    query: auditFilter.extend({ format: z.enum(AUDIT_FORMATS).default('csv') }),
    output: z.string(),
    media: 'text/csv',
  },

  fleet: {
    method: 'GET',
    path: '/api/fleet',
    summary: 'Demo only: what is broken by hand',
    needs: 'fleet.control',
    output: fleetState,
  },
  breakSite: {
    method: 'POST',
    path: '/api/fleet/break',
    summary: 'Demo only: break a site',
    needs: 'fleet.control',
    body: z.object({ siteId: z.int(), kind: z.enum(['down', 'hang', 'tls', 'firewall', 'stale']) }),
  },
  healSite: {
    method: 'POST',
    path: '/api/fleet/heal',
    summary: 'Demo only: heal a site',
    needs: 'fleet.control',
    body: z.object({ siteId: z.int() }),
  },
  cutLine: {
    method: 'POST',
    path: '/api/fleet/line',
    summary: 'Demo only: cut or mend the line between monitor and fleet',
    needs: 'fleet.control',
    body: z.object({ down: z.boolean() }),
  },
} as const satisfies Record<string, Endpoint>

export type Api = typeof api
export type ApiName = keyof Api
