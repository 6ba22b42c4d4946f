import { sql } from 'kysely'
import pg from 'pg'
import type { Context } from '../base/context.ts'
import type { Connection } from '../base/db/connect.ts'
import type { Db } from '../base/db/database.ts'
import { KEEP_ALIVE } from '../base/db/line/keep-alive.ts'
import { heardMeasured } from '../city/board/pulse.ts'
import type { Live } from '../city/board/start.ts'

const AGAIN_MS = 2_000
const CONNECT_MS = 5_000
/** Who only listens cannot tell a quiet city from a line that carries nothing: it asks so often. */
const ASK_MS = 5_000

/** Waits for what other processes are told by the database; that it failed is no more than said. */
export async function announce(what: string, told: Promise<unknown>, log: Context['log']): Promise<void> {
  await told.catch((error: unknown) => log.warn({ err: error, what }, 'other processes were not told'))
}

/** Tells other processes that rights have changed; `undefined`: of whom is not known. */
export async function announceRights(db: Db, userId: number | undefined): Promise<void> {
  await sql`select pg_notify('siteward_rights', ${String(userId ?? '')})`.execute(db)
}

/**
 * Other processes announce their facts (`pg_notify` in `appendFacts`), what they have measured, and changes of rights;
 * this acts on them at once.
 * @param watch told of the connection.
 * @returns what ends it.
 */
export async function listenForOthers(
  connectionString: string,
  { wake, clock, log }: Pick<Context, 'wake' | 'clock' | 'log'>,
  { hub, expel }: Pick<Live, 'hub' | 'expel'>,
  watch: Connection['watch'],
): Promise<() => Promise<void>> {
  let client: pg.Client | null = null
  let isStopped = false
  let timer: NodeJS.Timeout | null = null
  let deafSinceMs = clock.now()
  // Whoever may write to the database may say anything here, and a process of another version something else.
  const hear = (payload: string) => {
    try {
      hub.measured(heardMeasured(payload))
    } catch (error) {
      log.warn(
        { err: error, payload: payload.slice(0, 200) },
        'what was measured was said in words that are not ours',
      )
    }
  }
  const open = async () => {
    const next = new pg.Client({
      ...{ connectionString, application_name: 'siteward listen', connectionTimeoutMillis: CONNECT_MS },
      ...KEEP_ALIVE,
    })
    next.on('notification', ({ channel, payload = '' }) => {
      if (channel === 'siteward_rights') void expel(payload === '' ? undefined : Number(payload))
      else if (channel === 'siteward_pulse') hear(payload)
      else wake()
    })
    // Until it is back, the live plane looks at the log each second anyway.
    next.on('error', () => {})
    next.on('end', () => {
      deafSinceMs = Math.min(deafSinceMs, clock.now())
      if (!isStopped) timer = setTimeout(() => void open().catch(() => {}), AGAIN_MS)
    })
    await next.connect()
    watch(next)
    try {
      await next.query('listen siteward_fact; listen siteward_rights; listen siteward_pulse')
    } catch (error) {
      // A standby lets nobody listen; only of a connection that ends there is another.
      await next.end()
      throw error
    }
    client = next
    // What was said meanwhile was not heard.
    wake()
    hub.missedSince(deafSinceMs)
    deafSinceMs = Number.POSITIVE_INFINITY
    void expel()
  }
  const stop = async () => {
    isStopped = true
    if (timer) clearTimeout(timer)
    await client?.end()
  }
  try {
    await open()
  } catch (error) {
    await stop()
    throw error
  }
  let isAsking = false
  const asking = setInterval(() => {
    if (isAsking || !client) return
    isAsking = true
    void client
      .query('select')
      .catch(() => {})
      .finally(() => {
        isAsking = false
      })
  }, ASK_MS)
  return async () => {
    clearInterval(asking)
    await stop()
  }
}
