import { existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { SECOND } from '../../../shared/base/time.ts'
import { loadKeys } from '../../base/secrets/keys.ts'
import { type Finding, fault, fine, type Look, warn, whyOf } from './finding.ts'

/** Settings that can be read, and do not go together. */
export const lookAtSettings: Look = async ({ config }) => {
  const { publicOrigin, trustProxy, host, role } = config
  const found: Finding[] = []
  const isProxied = typeof trustProxy === 'number' ? trustProxy > 0 : trustProxy.length > 0
  if (role === 'monitor') return [fine('settings', 'settings.fine', { role })]
  if (isProxied && !publicOrigin) found.push(warn('settings', 'settings.noOrigin', 'mend.origin'))
  if (publicOrigin && !isProxied) found.push(warn('settings', 'settings.noProxy', 'mend.proxy'))
  if (publicOrigin && new URL(publicOrigin).protocol !== 'https:')
    found.push(warn('settings', 'settings.plain', 'mend.plain'))
  if (!isProxied && ['0.0.0.0', '::'].includes(host))
    found.push(warn('settings', 'settings.open', 'mend.open', { host }))
  return found.length > 0 ? found : [fine('settings', 'settings.fine', { role })]
}

/** The key of secrets; none is made here. */
export const lookAtKey: Look = async ({ config }) => {
  const own = config.databaseUrl ? undefined : join(config.dataDir, 'secrets.key')
  const file = config.secretsKey ? undefined : (config.secretsKeyFile ?? own)
  if (file === own && file !== undefined && !existsSync(file)) return [fine('key', 'key.later', { file })]
  try {
    const { all } = loadKeys(config)
    if (all.length === 0) return [warn('key', 'key.none', 'mend.key')]
  } catch (error) {
    return [fault('key', 'key.bad', 'mend.keyBad', { why: whyOf(error) })]
  }
  if (file !== undefined && (statSync(file).mode & 0o077) !== 0) {
    return [warn('key', 'key.open', 'mend.keyOpen', { file })]
  }
  return [fine('key', 'key.fine')]
}

/** Whether the port is free, or is ours already. */
export const lookAtPort: Look = async ({ config: { host, port } }) => {
  if (port === 0) return [fine('port', 'port.any')]
  const values = { host, port }
  const error = await listening(host, port)
  if (error === null) return [fine('port', 'port.free', values)]
  if (error.code === 'EADDRINUSE') {
    return [
      (await isOurs(host, port))
        ? fine('port', 'port.ours', values)
        : fault('port', 'port.taken', 'mend.port', values),
    ]
  }
  return [fault('port', 'port.refused', 'mend.portRefused', { ...values, why: error.message })]
}

function listening(host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error))
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
}

async function isOurs(host: string, port: number): Promise<boolean> {
  const at = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  try {
    const answer = await fetch(`http://${at.includes(':') ? `[${at}]` : at}:${port}/readyz`, {
      signal: AbortSignal.timeout(3 * SECOND),
    })
    return 'checks' in ((await answer.json()) as object)
  } catch {
    return false
  }
}
