import type { ChannelKind, Timings } from './notifications.ts'

/**
 * The ways out: mail by SMTP, a webhook of any program, the group robots of WeCom, DingTalk and Feishu, and the
 * inbox of the product itself, which is always there.
 */
export const CHANNEL_KINDS = ['inbox', 'email', 'webhook', 'wecom', 'dingtalk', 'feishu'] as const

/** Robots speak to a whole group: a person alone cannot subscribe to one. */
export const GROUP_KINDS: readonly ChannelKind[] = ['wecom', 'dingtalk', 'feishu']

export const MAIL_SECURITIES = ['tls', 'starttls', 'none'] as const

/** What people may want to be told of. An alert that came back is `opened` again. */
export const NOTICE_EVENTS = [
  'opened',
  'raised',
  'forgotten',
  'resolved',
  'rectification.overdue',
  'rectification.returned',
  'rectification.closed',
  'rectification.relapsed',
  'pause.filed',
  'pause.approved',
  'pause.cancelled',
  'pause.ended',
] as const

export const DEFAULT_TIMINGS: Timings = { groupWaitS: 30, groupIntervalS: 300, repeatIntervalS: 4 * 3600 }

/** `held`: over the channel's hourly cap, grows until there is room. `dead`: given up; a person can resend it. */
export const DELIVERY_STATES = ['held', 'waiting', 'retrying', 'sent', 'dead'] as const
