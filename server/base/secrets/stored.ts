import type { Db } from '../db/database.ts'
import { CannotOpen, isSealed, keyIdOf, open, seal } from './box.ts'
import type { SecretKeys } from './keys.ts'

/** What a channel needs and nobody may read: kept apart from everything that is shown, logged or audited. */
export interface ChannelSecrets {
  /** Address of a webhook or robot, which holds its key. */
  readonly url?: string
  /** Signs what is sent. */
  readonly secret?: string
  /** Of the mail account. */
  readonly password?: string
}

/** Secrets of a channel as they are stored: sealed as a whole, or plain where there is no key. */
export type StoredChannelSecrets = ChannelSecrets | { readonly sealed: string }

export function sealChannel(keys: SecretKeys, secrets: ChannelSecrets): StoredChannelSecrets {
  if (keys.all.length === 0 || Object.keys(secrets).length === 0) return secrets
  return { sealed: seal(keys, 'channel', JSON.stringify(secrets)) }
}

/** @throws CannotOpen */
export function openChannel(keys: SecretKeys, stored: StoredChannelSecrets): ChannelSecrets {
  return 'sealed' in stored ? JSON.parse(open(keys, 'channel', stored.sealed)) : stored
}

export const totpPurpose = (userId: number) => `totp:${userId}`

/** How many secrets each key has sealed; `null` those that are plain. */
export async function countByKey(db: Db): Promise<Map<string | null, number>> {
  const counts = new Map<string | null, number>()
  for (const text of await allStored(db)) {
    const id = text === null ? null : keyIdOf(text)
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

/** What is stored of each secret: the sealed text; null for a plain one. */
async function allStored(db: Db): Promise<(string | null)[]> {
  const users = await db
    .selectFrom('user_account')
    .select('totp_secret')
    .where('totp_secret', 'is not', null)
    .execute()
  const channels = await db.selectFrom('notification_channel').select('secrets').execute()
  return [
    ...users.map(({ totp_secret }) => (totp_secret && isSealed(totp_secret) ? totp_secret : null)),
    ...channels
      .filter(({ secrets }) => Object.keys(secrets).length > 0)
      .map(({ secrets }) => ('sealed' in secrets ? secrets.sealed : null)),
  ]
}

/**
 * Seals by the newest key whatever is plain or was sealed by another: all of it in one transaction, or nothing.
 * @returns how many
 * @throws CannotOpen when a key is missing
 */
export async function resealAll(db: Db, keys: SecretKeys): Promise<number> {
  const newest = keys.all[0]
  if (!newest) return 0
  const isOld = (stored: string) => keyIdOf(stored) !== newest.id
  return db.transaction().execute(async (tx) => {
    let count = 0
    const users = await tx
      .selectFrom('user_account')
      .select(['id', 'totp_secret'])
      .where('totp_secret', 'is not', null)
      .orderBy('id')
      .forUpdate()
      .execute()
    for (const { id, totp_secret } of users) {
      if (totp_secret === null || !isOld(totp_secret)) continue
      const sealed = seal(keys, totpPurpose(id), open(keys, totpPurpose(id), totp_secret))
      await tx.updateTable('user_account').set({ totp_secret: sealed }).where('id', '=', id).execute()
      count += 1
    }
    const channels = await tx
      .selectFrom('notification_channel')
      .select(['id', 'secrets'])
      .orderBy('id')
      .forUpdate()
      .execute()
    for (const { id, secrets } of channels) {
      if (Object.keys(secrets).length === 0 || ('sealed' in secrets && !isOld(secrets.sealed))) continue
      const sealed = JSON.stringify(sealChannel(keys, openChannel(keys, secrets)))
      await tx.updateTable('notification_channel').set({ secrets: sealed }).where('id', '=', id).execute()
      count += 1
    }
    return count
  })
}

/** @throws CannotOpen for the first stored secret whose key is not given */
export async function refuseMissingKeys(db: Db, keys: SecretKeys): Promise<void> {
  for (const [id, count] of await countByKey(db)) {
    if (id !== null && !keys.all.some((key) => key.id === id))
      throw new CannotOpen(id, `of ${count} accounts and channels`)
  }
}
