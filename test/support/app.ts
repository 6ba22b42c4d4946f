import { pino } from 'pino'
import { type App, startApp } from '../../server/app/app.ts'
import { parseConfig } from '../../server/base/config.ts'
import { type TestClock, testClock } from './clock.ts'
import { type PreparedDatabase, prepareDatabase } from './database.ts'
import { type Session, sessionWith, signIn } from './session.ts'

/** The whole server in this process, on a database of its own and any free port. */
export interface TestApp extends App {
  readonly clock: TestClock
  signIn(username: string, password?: string): Promise<Session>
  /** Somebody who has not signed in. */
  readonly stranger: Session
}

export interface AppOptions {
  env?: Record<string, string>
  args?: readonly string[]
  clock?: TestClock
  /** Fills the database before the server starts. */
  database?: PreparedDatabase
}

/** Starts the server without the demo, with a clock that stands still. `stop()` also drops the database. */
export async function startTestApp(options: AppOptions = {}): Promise<TestApp> {
  const prepared = options.database ?? (await prepareDatabase())
  const clock = options.clock ?? testClock()
  const config = parseConfig(
    {
      PORT: '0',
      DEMO: 'off',
      WEEKLY_SCANS: 'false',
      // Threads are started once for each application; what they do has tests of its own.
      READER_THREADS: '0',
      // Nothing is drawn by a browser unless a test asks for it.
      RENDER: 'off',
      DATA_DIR: prepared.dataDir,
      DATABASE_URL: prepared.databaseUrl,
      ...options.env,
    },
    options.args ?? [],
  )
  const app = await startApp(config, { clock, log: pino({ level: process.env.TEST_LOG ?? 'silent' }) })
  return {
    ...app,
    clock,
    stranger: sessionWith(app.url),
    signIn: (username, password) => signIn(app.url, username, password),
    async stop() {
      await app.stop()
      await prepared.drop()
    },
  }
}
