import { z } from 'zod'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { isReachable, ways } from '../../base/ways.ts'
import { role } from '../../people/rights/rights.ts'
import { CONTACT_KINDS, MOST_CONTACTS } from './units-rules.ts'

export * from './units-rules.ts'

export const contact = z.object({
  kind: z.enum(CONTACT_KINDS),
  name: sentText.min(1).max(50),
  post: sentText.max(100).default(''),
  ...ways,
})
export type Contact = z.output<typeof contact>

export const contactsInput = z.object({
  version: z.int(),
  contacts: z
    .array(contact.refine(isReachable, { message: 'needs a telephone number or a mail address' }))
    .max(7)
    .refine(
      (all) =>
        CONTACT_KINDS.every((kind) => all.filter((one) => one.kind === kind).length <= MOST_CONTACTS[kind]),
      { message: 'at most one head, three contacts and three on duty' },
    ),
})
export type ContactsInput = z.output<typeof contactsInput>

/** Somebody with an account, and how to reach them. */
export const reachablePerson = person.extend({
  role,
  phone: z.string(),
  mobile: z.string(),
  mail: z.string(),
})
export type ReachablePerson = z.infer<typeof reachablePerson>

export const unitItem = person.extend({
  district: z.string(),
  sites: z.int(),
  /** People who can sign in for it: without any, notices do not reach it. */
  accounts: z.int(),
  contacts: z.int(),
  /** It became one with that. */
  mergedInto: person.nullable(),
})
export type UnitItem = z.infer<typeof unitItem>

export const unitDetail = unitItem.omit({ contacts: true, accounts: true }).extend({
  /** Null for those who may not see them. */
  contacts: z.array(contact).nullable(),
  contactsVersion: z.int(),
  people: z.array(reachablePerson).nullable(),
  accounts: z.int(),
})
export type UnitDetail = z.infer<typeof unitDetail>

/** Whom to ring about a site. */
export const siteContacts = z.object({
  unit: unitDetail,
  /** Who is on duty now at the district's desk and at the city's. */
  duty: z.array(z.object({ district: z.string().nullable(), person: reachablePerson.nullable() })),
  /** Who acted last on the alert or rectification that was asked about. */
  lastActor: reachablePerson.extend({ at: z.iso.datetime(), kind: z.string() }).nullable(),
})
export type SiteContacts = z.infer<typeof siteContacts>
