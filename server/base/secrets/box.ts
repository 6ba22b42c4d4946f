import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SecretKeys } from './keys.ts'

const MARK = 'sealed'
const ALGORITHM = 'aes-256-gcm'

/** What is sealed, as it is stored: `sealed:<key>:<nonce>:<tag>:<text>`. Anything else is plain. */
export const isSealed = (stored: string): boolean => stored.startsWith(`${MARK}:`)

/** The key by whose name a sealed text goes; null for a plain one. */
export const keyIdOf = (stored: string): string | null =>
  isSealed(stored) ? (stored.split(':')[1] ?? '') : null

/**
 * Seals a text by the newest key (AES-256-GCM); without keys it stays plain.
 * @param purpose what it is for (`totp:12`): sealed for one purpose, it cannot be opened for another.
 */
export function seal(keys: SecretKeys, purpose: string, text: string): string {
  const [key] = keys.all
  if (!key) return text
  const nonce = randomBytes(12)
  const cipher = createCipheriv(ALGORITHM, key.bytes, nonce).setAAD(Buffer.from(purpose))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [
    MARK,
    key.id,
    ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url')),
  ].join(':')
}

/** The key that sealed a text is not there, or the text is not what was sealed. */
export class CannotOpen extends Error {
  readonly keyId: string
  constructor(keyId: string, purpose: string) {
    super(
      `the secret ${purpose} cannot be opened: it was sealed by the key ${keyId}, which is not among those given`,
    )
    this.keyId = keyId
  }
}

/** @throws CannotOpen */
export function open(keys: SecretKeys, purpose: string, stored: string): string {
  if (!isSealed(stored)) return stored
  const [, id = '', ...parts] = stored.split(':')
  const key = keys.all.find((one) => one.id === id)
  const [nonce, tag, sealed] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (!key || !nonce || !tag || !sealed) throw new CannotOpen(id, purpose)
  try {
    const decipher = createDecipheriv(ALGORITHM, key.bytes, nonce)
      .setAAD(Buffer.from(purpose))
      .setAuthTag(tag)
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8')
  } catch {
    throw new CannotOpen(id, purpose)
  }
}
