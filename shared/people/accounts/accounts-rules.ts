export const ACCOUNT_STATES = ['active', 'disabled', 'locked'] as const

/** A sheet of accounts: so many at once, in so many bytes. */
export const MOST_IMPORTED = 1000
export const MAX_SHEET_BYTES = 2 * 2 ** 20

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
