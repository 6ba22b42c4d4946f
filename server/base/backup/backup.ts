import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { KeySettings } from '../secrets/keys.ts'
import { runCommand, type Work } from './command.ts'
import { dump } from './dump.ts'
import { openSource } from './source.ts'
import type { Say } from './words.ts'

/**
 * `npm run backup -- FILE`: writes what the database holds at one moment, while the product runs.
 * @returns the exit code
 */
export const main = (argv: readonly string[], env = process.env): Promise<number> =>
  runCommand(argv, env, { usage: 'usageBackup', options: [], work: backUp })

const backUp: Work = async ({ file }, config, say) => {
  const began = performance.now()
  const source = await openSource(config)
  const { rows } = await dump(source.client, file).finally(() => source.close())
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const size = `${(statSync(file).size / 1e6).toFixed(1)} MB`
  return [say('backedUp', { file, rows, size, seconds }), keyLine(config, say)]
}

/** Keys are not looked into here, and none is made. */
function keyLine({ secretsKey, secretsKeyFile, databaseUrl, dataDir }: KeySettings, say: Say): string {
  const file = secretsKeyFile ?? (databaseUrl ? null : join(dataDir, 'secrets.key'))
  if (secretsKey) return say('key', { where: 'SECRETS_KEY' })
  return file !== null && existsSync(file) ? say('key', { where: resolve(file) }) : say('keyNone')
}
