import { parseConfig } from '../config.ts'
import { ConfigError } from '../config-error.ts'
import { connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { loadKeys, newKey, type SecretKeys, writeKeys } from './keys.ts'
import { countByKey, refuseMissingKeys, resealAll } from './stored.ts'

const USAGE = `npm run secrets -- status    which keys have sealed how many secrets
npm run secrets -- rotate    seal all secrets by a new key (key file), or by the first of SECRETS_KEY; then restart every process
npm run secrets -- new       print a new key`

const say = (text: string) => process.stdout.write(`${text}\n`)

/** `npm run secrets -- status|rotate|new`: looks after the keys of secrets. @returns the exit code */
export async function main(args: readonly string[], env = process.env): Promise<number> {
  try {
    return await run(args[0], env)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}

async function run(what: string | undefined, env: NodeJS.ProcessEnv): Promise<number> {
  if (what === 'new') {
    say(newKey().bytes.toString('base64'))
    return 0
  }
  if (what !== 'status' && what !== 'rotate') {
    say(USAGE)
    return 2
  }
  const config = parseConfig(env, [])
  const connection = await connect(config)
  try {
    await connection.alone(() => migrate(connection.patient, { besideOthers: !connection.embedded }))
    const keys = loadKeys(config)
    if (keys.all.length === 0) {
      throw new ConfigError(
        'No key is given: set SECRETS_KEY_FILE or SECRETS_KEY (npm run secrets -- new makes one).',
      )
    }
    await refuseMissingKeys(connection.db, keys)
    if (what === 'rotate') say(`${await rotate(connection.db, keys)} secrets are sealed by the new key.`)
    for (const [id, count] of await countByKey(connection.db)) say(`${id ?? 'plain'}: ${count}`)
    return 0
  } finally {
    await connection.close()
  }
}

/**
 * In a file the new key is written before anything is sealed by it: a machine that fails in between has both. The key
 * before it stays, since processes that run seal by it until they are restarted; older ones go, unless something is still
 * sealed by them. Keys of a variable are changed by whoever sets it.
 */
export async function rotate(db: Parameters<typeof resealAll>[0], keys: SecretKeys): Promise<number> {
  if (keys.file === null) return resealAll(db, keys)
  const seals = await countByKey(db)
  const [before, ...older] = keys.all
  const all = [newKey(), ...(before ? [before] : []), ...older.filter(({ id }) => seals.has(id))]
  writeKeys(keys.file, all)
  return resealAll(db, { ...keys, all })
}
