import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../config-error.ts'

/** A key that secrets are sealed with, and the name that stands beside what it has sealed. */
export interface SecretKey {
  readonly id: string
  readonly bytes: Buffer
}

/** All that can be opened with; the first seals. */
export interface SecretKeys {
  readonly all: readonly SecretKey[]
  /** Where they are kept; null when they come by variable, or there are none. */
  readonly file: string | null
}

/** What the settings say of keys. */
export interface KeySettings {
  readonly secretsKey?: string | undefined
  readonly secretsKeyFile?: string | undefined
  readonly databaseUrl?: string | undefined
  readonly dataDir: string
}

const BYTES = 32

/**
 * The keys of this installation: of `SECRETS_KEY`, else of the file `SECRETS_KEY_FILE`, else, with the embedded
 * database, of `secrets.key` in its folder, which is made when it is not there. None with a database of your own.
 * @throws ConfigError saying what is no key
 */
export function loadKeys(config: KeySettings): SecretKeys {
  if (config.secretsKey) return { all: parseKeys(config.secretsKey, 'SECRETS_KEY'), file: null }
  const file = config.secretsKeyFile ?? (config.databaseUrl ? null : join(config.dataDir, 'secrets.key'))
  if (file === null) return { all: [], file: null }
  if (!existsSync(file)) {
    if (config.secretsKeyFile) throw new ConfigError(`SECRETS_KEY_FILE: there is no file ${file}.`)
    writeKeys(file, [newKey()])
  }
  return { all: parseKeys(readFileSync(file, 'utf8'), file), file }
}

export function newKey(): SecretKey {
  return keyOf(randomBytes(BYTES))
}

/**
 * Writes a file of keys, whole or not at all. One that is there keeps its owner and who else may read it: root may write it
 * for the user of the service. A new one only its owner may read.
 * @throws ConfigError where the folder may not be written to, or the file would become another's; what was there stays
 */
export function writeKeys(file: string, keys: readonly SecretKey[]): void {
  const text = keys.map((key) => `${key.bytes.toString('base64')}\n`).join('')
  const draft = `${file}.new`
  const before = statSync(file, { throwIfNoEntry: false })
  try {
    writeFileSync(draft, text, { mode: 0o600, flush: true })
    if (before && isOthers(statSync(draft), before)) chownSync(draft, before.uid, before.gid)
    chmodSync(draft, before ? before.mode & 0o777 : 0o600)
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw new ConfigError(
      `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}. Whoever runs this must be allowed to write to its folder, and the folder be mounted rather than the file alone.`,
    )
  }
}

/** Whether a file has to change hands to be read by whom another is; only root may give one away. */
const isOthers = (file: Stats, as: Stats): boolean =>
  file.uid !== as.uid || (file.gid !== as.gid && (as.mode & 0o070) !== 0)

function parseKeys(text: string, where: string): SecretKey[] {
  const parts = text.split(/[\s,]+/).filter(Boolean)
  const keys = parts.map((part) => Buffer.from(part, /^[0-9a-f]{64}$/i.test(part) ? 'hex' : 'base64'))
  if (keys.length === 0 || keys.some((key) => key.length !== BYTES)) {
    throw new ConfigError(
      `${where}: a key is ${BYTES} random bytes in base64 or hexadecimal (openssl rand -base64 ${BYTES}); several, the newest first, apart by commas or lines.`,
    )
  }
  return keys.map(keyOf)
}

function keyOf(bytes: Buffer): SecretKey {
  return { id: createHash('sha256').update('id of ').update(bytes).digest('hex').slice(0, 8), bytes }
}
