import { z } from 'zod'
import { person, role, scope } from './users.ts'

/** An account as an administrator sees it. */
export const account = z.object({
  id: z.int(),
  username: z.string(),
  name: z.string(),
  role,
  scope,
  /** The units by name, for those of one or several. */
  units: z.array(person),
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

export const ACCOUNT_STATES = ['active', 'disabled', 'locked'] as const

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
  label: z.string().trim().min(1).max(100),
  readOnly: z.boolean().default(true),
  /** Left out: the scope of its person. */
  scope: scope.optional(),
  /** Null: until it is revoked. */
  expiresAt: z.iso.datetime({ offset: true }).nullable(),
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

/** Roles that must have a second factor. */
export const signInPolicy = z.object({ secondFactorRoles: z.array(role) })
export type SignInPolicy = z.infer<typeof signInPolicy>

export const unitChoice = person.extend({ district: z.string() })

/** Six digits of an authenticator, or a recovery code; spaces and hyphens are read over. */
export const factorCode = z.string().trim().min(6).max(40)
export const password = z.string().min(1).max(1000)

/** Why the sign-in provider let nobody in, as the address of the sign-in page says it. */
export const PROVIDER_REFUSALS = ['down', 'denied', 'stale', 'unknown_person', 'tied'] as const
export type ProviderRefusal = (typeof PROVIDER_REFUSALS)[number]

export const MIN_PASSWORD = 10
/** Long enough and yet among the first that anybody tries; compared without case, digits at the end and marks. */
const COMMON = new Set(
  `password passw0rd passwort administrator adminadmin admin123admin qwertyuiop qwertyqwerty asdfghjkl asdfghjklzxcvbnm
  zxcvbnmasdfgh qazwsxedc qazwsxedcrfv 1qaz2wsx3edc 1qaz2wsx qwerasdfzxcv iloveyou iloveyouforever woaini woainiwoaini
  woaini1314520 welcome welcometochina letmein letmeinplease changeme changemenow superman dragondragon monkeymonkey
  trustno1 football baseball sunshine princess master mastermaster guangzhou guangdong zhongguo beijing woaizhongguo
  siteward sitewarddemo qwerty abcdefg abcdefghij abcabcabc abcd abc aaa test testtest testtesttest root toor rootroot
  guest guestguest system manager oracle mysql huawei huaweihuawei tencent alibaba p@ssw0rd p@ssword admin user
  government zhengfu gongzuo mima mimamima`.split(/\s+/),
)

/** Why a password is refused; null when it is not. */
export type PasswordFault = 'short' | 'username' | 'common' | 'monotonous'

/**
 * The policy for passwords that people choose: length rather than signs of each kind, and none that is guessed
 * first (as NIST SP 800-63B, 5.1.1.2, has it).
 */
export function passwordFault(given: string, username: string): PasswordFault | null {
  const lower = given.toLowerCase()
  if ([...given].length < MIN_PASSWORD) return 'short'
  if (username.length >= 4 && lower.includes(username.toLowerCase())) return 'username'
  if (new Set(lower).size < 5) return 'monotonous'
  if (isSequence(lower)) return 'monotonous'
  const plain = lower.replace(/[^a-z0-9@]/g, '')
  return COMMON.has(plain) || COMMON.has(plain.replace(/\d+$/, '')) ? 'common' : null
}

/** 1234567890, abcdefghij, 0987654321. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((sign, at) => sign.charCodeAt(0) - text.charCodeAt(at))
  return steps.every((step) => step === 1 || step === -9) || steps.every((step) => step === -1 || step === 9)
}
