import { setFlagsFromString } from 'node:v8'
import { parseConfig, serves, visits } from '../base/config.ts'
import { ConfigError } from '../base/config-error.ts'
import { onFault } from '../base/last-word.ts'
import { createLog } from '../base/log.ts'
import type { App } from './app.ts'
import { openDatabase } from './open.ts'

/** Shutting down takes longer than this only if something hangs; then the process ends anyway. */
const SHUTDOWN_MS = 5_000

/**
 * Who visits sites makes much that is gone at once, while pages are read for the first time above all: V8, which lets memory grow to
 * several times of what is in use where the machine has much, clears up when it has grown by so much (percent). So do the threads that
 * read pages.
 */
const GROWS = 40

const tell = (text: string) => process.stderr.write(`${text}\n`)

async function main(): Promise<void> {
  const config = parseConfig(process.env, process.argv.slice(2))
  const log = createLog(config)
  if (visits(config.role)) setFlagsFromString(`--heap-growing-percent=${GROWS}`)
  let app: App | null = null
  let isEnding = false
  const end = async (code: number) => {
    if (isEnding) return
    isEnding = true
    setTimeout(() => process.exit(code || 1), SHUTDOWN_MS - 500).unref()
    await app?.stop().catch((error: unknown) => log.error({ err: error }, 'while stopping'))
    process.exit(code)
  }
  onFault(
    (error, origin) => log.fatal({ err: error, origin }, 'a fault that nothing caught; this process ends'),
    () => void end(1),
  )
  const connection = openDatabase(config, tell)
  // What it throws is said when the rest of the program, which is loaded meanwhile, asks for it.
  connection.catch(() => {})
  const { startApp } = await import('./app.ts')
  app = await startApp(config, { tell, log, connection })
  announce(app)
  process.on('SIGTERM', () => void end(0))
  process.on('SIGINT', () => void end(0))
  const reason = await app.lost
  if (!isEnding) app.context.log.fatal({ reason }, 'cannot go on')
  await end(1)
}

function announce(app: App): void {
  const { role } = app.context.config
  tell('')
  tell(
    serves(role)
      ? `Siteward is ready: ${app.url}`
      : `${role === 'render' ? 'Renderer' : 'Monitor'} is running; its health is at ${app.url}/readyz`,
  )
  if (app.isDemo) {
    tell(`  Wall (after signing in): ${app.url}/wall`)
    tell(
      '  Demonstration data. Sign in as duty, tianhe, unit, vendor or viewer; the password is siteward-demo',
    )
  }
  if (app.administrator) {
    const { username, password } = app.administrator
    tell(`  First start: sign in as ${username} with the one-time password ${password}`)
  }
  tell('')
  process.send?.({ ready: true, url: app.url, port: app.port })
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) tell(`Configuration: ${error.message}`)
  else tell(`Siteward cannot start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
