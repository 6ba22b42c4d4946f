import type { Branch } from '../../../shared/locales/keys.ts'

/** How what is kept under a name is said. */
export type Saying =
  /** A code with a word in that branch. */
  | { readonly kind: 'word'; readonly branch: Branch }
  /** The number of a site, a code of a district: both have names. */
  | { readonly kind: 'site' | 'district' | 'text' }

const word = (branch: Branch): Saying => ({ kind: 'word', branch })

/** By `entity.name` where a noun has its own words for it, else by the name alone. */
const SAYINGS: Readonly<Record<string, Saying>> = {
  siteId: { kind: 'site' },
  siteIds: { kind: 'site' },
  district: { kind: 'district' },
  severity: word('severity'),
  severities: word('severity'),
  rule: word('rule'),
  rules: word('rule'),
  role: word('role'),
  secondFactorRoles: word('role'),
  source: word('rectifications.source'),
  step: word('setup.step'),
  class: word('columns.class'),
  'rectification.kind': word('rectifications.ask'),
  'pause.kind': word('pauses.kind'),
  'fleet.kind': word('fleet.kind'),
  'aside.kind': word('aside.kind'),
  'channel.kind': word('notifications.kind'),
  'filing.ask': word('filings.asks'),
  'subscription.events': word('notifications.event'),
  'audit.entity': word('audit.entity'),
  'audit.action': word('audit.did'),
  'view.list': word('nav'),
}

/** @param entity the noun of the entry; @param name the key under which the value is kept. */
export const sayingOf = (entity: string, name: string): Saying =>
  SAYINGS[`${entity}.${name}`] ?? SAYINGS[name] ?? { kind: 'text' }
