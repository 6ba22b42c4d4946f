import { z } from 'zod'
import { sentId } from '../../base/ids.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { language } from '../../base/words/language.ts'
import { scope } from '../../people/rights/rights.ts'
import { alertRule, severity } from '../alerts/alerts.ts'
import { CHANNEL_KINDS, DELIVERY_STATES, MAIL_SECURITIES, NOTICE_EVENTS } from './notifications-rules.ts'

export * from './notifications-rules.ts'

export const channelKind = z.enum(CHANNEL_KINDS)
export type ChannelKind = z.infer<typeof channelKind>
const mailSettings = z.object({
  host: sentText.min(1).max(200),
  port: z.int().min(1).max(65_535),
  security: z.enum(MAIL_SECURITIES),
  user: sentText.max(200).default(''),
  from: sentText.min(3).max(200),
})
export type MailSettings = z.infer<typeof mailSettings>

const url = z.url({ protocol: /^https?$/ }).max(2000)
const secret = z.string().max(500)
/** What is never sent back: addresses of webhooks hold keys, too. Left out on a change: as before; '': none. */
const secrets = { url: url.optional(), secret: secret.optional(), password: secret.optional() }

export const channelInput = z.object({
  kind: channelKind.exclude(['inbox']),
  name: sentText.min(1).max(100),
  /** Notices an hour at most; what is over it is told as one. */
  hourlyCap: z.int().min(1).max(1000).default(60),
  mail: mailSettings.optional(),
  ...secrets,
})
export type ChannelInput = z.infer<typeof channelInput>
export const channelChange = channelInput
  .omit({ kind: true })
  .partial()
  .extend({ version: z.int(), disabled: z.boolean().optional() })
export type ChannelChange = z.infer<typeof channelChange>

/** What an endpoint answered to one attempt. */
export const deliveryAnswer = z.object({
  ok: z.boolean(),
  /** HTTP status or SMTP reply code; null when nothing answered. */
  status: z.int().nullable(),
  /** The robot's own code in a 200 answer, or why nothing answered. */
  code: z.string().nullable(),
  text: z.string(),
  ms: z.int(),
})
export type DeliveryAnswer = z.infer<typeof deliveryAnswer>

export const channel = z.object({
  id: z.int(),
  kind: channelKind,
  name: z.string(),
  hourlyCap: z.int(),
  mail: mailSettings.nullable(),
  /** Where it leads, without its key; empty for those who do not manage channels. */
  address: z.string(),
  /** Whether a signing secret or a password is stored. */
  hasSecret: z.boolean(),
  disabledAt: z.iso.datetime().nullable(),
  version: z.int(),
  waiting: z.int(),
  dead: z.int(),
  lastSentAt: z.iso.datetime().nullable(),
  lastAnswer: deliveryAnswer.nullable(),
})
export type Channel = z.infer<typeof channel>
export const noticeEvent = z.enum(NOTICE_EVENTS)
export type NoticeEvent = z.infer<typeof noticeEvent>

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** Local time; `from` later than `to` goes over midnight. */
export const quietHours = z.object({ from: timeOfDay, to: timeOfDay }).refine(({ from, to }) => from !== to)
export type QuietHours = z.infer<typeof quietHours>

/** Alertmanager's three intervals and their defaults, in seconds. */
export const timings = z
  .object({
    /** Before the first notice of a new group. */
    groupWaitS: z.int().min(0).max(3600),
    /** Before a notice about changes of a group. */
    groupIntervalS: z.int().min(10).max(86_400),
    /** Until a group that is unchanged and not over is told of again. */
    repeatIntervalS: z
      .int()
      .min(60)
      .max(7 * 86_400),
  })
  .refine(({ groupIntervalS, repeatIntervalS }) => groupIntervalS <= repeatIntervalS, {
    path: ['repeatIntervalS'],
    message: 'must not be shorter than the interval of changes',
  })
export type Timings = z.infer<typeof timings>

/** Whose a subscription is: a person's own, or a district's or the working group's together. */
export const subscriptionOwner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), userId: sentId }),
  z.object({ kind: z.literal('district'), district: z.string() }),
  z.object({ kind: z.literal('city') }),
])
export type SubscriptionOwner = z.infer<typeof subscriptionOwner>

const rule = {
  channelId: z.int(),
  /** Mail addresses, comma-separated; for a webhook whatever it shall hand on; else empty. */
  address: sentText.max(500).default(''),
  scope,
  severities: z.array(severity).min(1),
  rules: z.array(alertRule),
  events: z.array(noticeEvent).min(1),
  quiet: quietHours.nullable(),
  /** Critical alerts are told in quiet hours, too. */
  breakThrough: z.boolean(),
  language,
  timings,
}
export const subscriptionInput = z.object({ owner: subscriptionOwner, ...rule })
export type SubscriptionInput = z.infer<typeof subscriptionInput>
export const subscriptionChange = z.object({ version: z.int(), ...rule })
export type SubscriptionChange = z.infer<typeof subscriptionChange>

export const subscription = z.object({
  id: z.int(),
  owner: subscriptionOwner,
  ownerName: z.string(),
  ...rule,
  version: z.int(),
})
export type Subscription = z.infer<typeof subscription>

/** What became of the thing that a line tells of. `passed`: opened and over between two notices. */
export const lineChange = z.enum([...NOTICE_EVENTS, 'passed', 'firing', 'direct'])
export type LineChange = z.infer<typeof lineChange>

export const noticeLine = z.object({
  text: z.string(),
  /** Page in the product. */
  path: z.string().nullable(),
  change: lineChange,
  severity: severity.nullable(),
})
export type NoticeLine = z.infer<typeof noticeLine>

/** A message before a channel gives it its form. */
export const notice = z.object({
  title: z.string(),
  summary: z.string(),
  lines: z.array(noticeLine),
  /** Lines that are not there. */
  more: z.int(),
  language,
  /** Digests that were one too many for their channel's hour, and the places that they were about. */
  folded: z.object({ notices: z.int(), places: z.array(z.string()) }).optional(),
})
export type Notice = z.infer<typeof notice>
export const deliveryState = z.enum(DELIVERY_STATES)
export type DeliveryState = z.infer<typeof deliveryState>

export const delivery = z.object({
  id: z.int(),
  channelId: z.int(),
  channelName: z.string(),
  channelKind,
  /** Who gets it: a person, or the address; null for the group of a robot. */
  recipient: person.nullable(),
  address: z.string(),
  notice,
  state: deliveryState,
  createdAt: z.iso.datetime(),
  attempts: z.int(),
  nextAt: z.iso.datetime().nullable(),
  sentAt: z.iso.datetime().nullable(),
  answer: deliveryAnswer.nullable(),
})
export type Delivery = z.infer<typeof delivery>

/** What waits for a person, and so what the badge counts. */
export const waiting = z.object({
  /** Alerts that nobody has taken on: given to me or my unit, of my unit's sites, or carried up to my desk. */
  alerts: z.int(),
  /** Rectifications whose next step is mine or my unit's. */
  rectifications: z.int(),
  /** Requests for more time or a pause of the clock that I may answer. */
  requests: z.int(),
  /** Planned downtime that I may approve. */
  pauses: z.int(),
  /** Notices that I have not read. */
  notices: z.int(),
})
export type Waiting = z.infer<typeof waiting>

export const inboxMessage = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
  notice,
})
export type InboxMessage = z.infer<typeof inboxMessage>
