import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { ConfigError } from '../config-error.ts'
import type { Db } from '../db/database.ts'
import { CannotOpen } from './box.ts'
import { loadKeys, type SecretKeys } from './keys.ts'
import { countByKey, refuseMissingKeys, resealAll } from './stored.ts'

/**
 * The keys of this start. What is still plain is sealed; without a key it stays plain, and the log says so.
 * @throws ConfigError when a stored secret needs a key that is not given: nothing is changed then
 */
export async function startSecrets(config: Config, db: Db, log: Logger): Promise<SecretKeys> {
  const keys = loadKeys(config)
  try {
    await refuseMissingKeys(db, keys)
    const sealed = await resealPlain(db, keys)
    if (sealed > 0) log.info({ sealed }, 'secrets that lay plain are sealed')
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error
    throw new ConfigError(
      `${error.message}. Give the key by SECRETS_KEY_FILE or SECRETS_KEY (several are allowed, the newest first). Nothing was changed.`,
    )
  }
  if (keys.all.length === 0) {
    const plain = (await countByKey(db)).get(null) ?? 0
    log.warn(
      { plain },
      'no SECRETS_KEY_FILE or SECRETS_KEY: secrets of second factors and channels lie unencrypted',
    )
  }
  return keys
}

/** A start seals what is plain, and leaves what an older key has sealed to the command that rotates. */
async function resealPlain(db: Db, keys: SecretKeys): Promise<number> {
  return (await countByKey(db)).has(null) ? resealAll(db, keys) : 0
}
