import { z } from 'zod'
import { sentInstant } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { ways } from '../../base/ways.ts'
import { language } from '../../base/words/language.ts'
import { role, scope } from '../rights/rights.ts'

export * from './accounts-rules.ts'

/** An account as an administrator sees it. */
export const account = z.object({
  id: z.int(),
  username: z.string(),
  name: z.string(),
  role,
  scope,
  /** The units by name, for those of one or several. */
  units: z.array(person),
  phone: z.string(),
  mobile: z.string(),
  mail: z.string(),
  createdAt: z.iso.datetime(),
  lastSignInAt: z.iso.datetime().nullable(),
  disabledAt: z.iso.datetime().nullable(),
  mustChangePassword: z.boolean(),
  secondFactor: z.boolean(),
  /** Whether a sign-in provider's person is tied to it. */
  provider: z.boolean(),
  demo: z.boolean(),
  sessions: z.int(),
  tokens: z.int(),
  /** Shut out from some network until then, for too many failures. */
  lockedUntil: z.iso.datetime().nullable(),
})
export type Account = z.infer<typeof account>

export const session = z.object({
  /** Names the session without opening it. */
  id: z.string(),
  current: z.boolean(),
  /** Unknown of sessions that were begun by an earlier version. */
  begunAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime(),
  address: z.string(),
  agent: z.string(),
  provider: z.boolean(),
})
export type Session = z.infer<typeof session>

export const apiToken = z.object({
  id: z.int(),
  label: z.string(),
  scope,
  readOnly: z.boolean(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
})
export type ApiToken = z.infer<typeof apiToken>

export const newToken = z.object({
  label: sentText.min(1).max(100),
  readOnly: z.boolean().default(true),
  /** Left out: the scope of its person. */
  scope: scope.optional(),
  /** Null: until it is revoked. */
  expiresAt: sentInstant.nullable(),
})
export type NewToken = z.output<typeof newToken>

export const lockout = z.object({
  id: z.int(),
  /** Empty: every name from that network. */
  username: z.string(),
  network: z.string(),
  failures: z.int(),
  until: z.iso.datetime(),
})
export type Lockout = z.infer<typeof lockout>

export const secondFactorState = z.object({
  enabledAt: z.iso.datetime().nullable(),
  recoveryCodesLeft: z.int(),
  /** Whether this person's role may not go without. */
  required: z.boolean(),
})
export type SecondFactorState = z.infer<typeof secondFactorState>

/** What becomes of one line of a sheet of accounts. */
export const accountImportRow = z.object({
  line: z.int(),
  username: z.string(),
  name: z.string(),
  /** As the sheet has them. */
  role: z.string(),
  place: z.string(),
  action: z.enum(['create', 'change', 'same', 'refuse']),
  changes: z.array(z.enum(['name', 'role', 'place', 'phone', 'mobile', 'mail'])),
  /** Why it is refused, in the language asked for. */
  reason: z.string().nullable(),
})
export type AccountImportRow = z.infer<typeof accountImportRow>
export const accountImport = z.object({
  rows: z.array(accountImportRow),
  /** Columns with something in them of which nothing is taken, by what the header calls them. */
  ignored: z.array(z.string()),
  /** Whether it was done: not on a dry run, and not with a row that is refused. */
  applied: z.boolean(),
  /** First passwords of those that were made, known only now. */
  passwords: z.array(z.object({ username: z.string(), name: z.string(), password: z.string() })),
})
export type AccountImport = z.infer<typeof accountImport>

/** How somebody is reached, and what notices to them are written in. */
export const profile = z.object({ ...ways, language })
export type Profile = z.output<typeof profile>

/** Roles that must have a second factor. */
export const signInPolicy = z.object({ secondFactorRoles: z.array(role) })
export type SignInPolicy = z.infer<typeof signInPolicy>

/** Six digits of an authenticator, or a recovery code; spaces and hyphens are read over. */
export const factorCode = sentText.min(6).max(40)
export const password = z.string().min(1).max(1000)
