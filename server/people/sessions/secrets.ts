import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { createTurns, type Lane } from '../../base/turns.ts'

/** Instead of a hash: an account that nobody can sign in to by password. */
export const NO_PASSWORD = '!'

/** A hash takes 19 MiB and tens of milliseconds of a core: a flood of sign-ins must not take all of both. */
const turns = createTurns(2, 200, 'sessions.manyPeopleSigningJustNow')

/** argon2id with the library's defaults (19 MiB, 2 passes), which are OWASP's recommendation. */
export function hashPassword(password: string): Promise<string> {
  return turns.run('known', () => hash(password))
}

let decoy: Promise<string> | undefined

/**
 * Whether `password` belongs to `stored`. Without a stored hash it takes just as long, so that the time of an
 * answer does not tell which usernames exist.
 * @throws Refusal too_many_requests when too many wait for their hash already
 */
export async function isPassword(
  stored: string | undefined,
  password: string,
  lane: Lane = 'known',
): Promise<boolean> {
  decoy ??= hash(randomBytes(16))
  const isSomebody = stored !== undefined && stored !== NO_PASSWORD
  const compared = isSomebody ? stored : await decoy
  const isRight = await turns.run(lane, () => verify(compared, password))
  return isSomebody && isRight
}

/** A key that only its holder knows, 256 bits of chance, safe in an address. We keep `hashKey` of it. */
export function newKey(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a key. A fast hash is enough: there is nothing to guess in 256 random bits. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** A password that a person can copy from the screen: no look-alike characters. About 93 bits. */
export function newPassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
  const letters = [...randomBytes(20)].map((byte) => alphabet[byte % alphabet.length])
  return [0, 5, 10, 15].map((at) => letters.slice(at, at + 5).join('')).join('-')
}
