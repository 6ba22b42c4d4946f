import pg from 'pg'
import { SECOND } from '../../../../shared/base/time.ts'

/** A statement without a word of an answer for so many ticks is asked after. */
const QUIET = 4
/** So many ticks a new connection has to say how it stands with those that are quiet. */
const PATIENCE = 10
/** What asking ends by where packets vanish: nobody answers within the time, or the way there is gone. */
const VANISHED = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'])
/** So often in a row the server must say that it does nothing for a connection that waits: an answer may be under way. */
const IDLE_TIMES = 2

/** Watches connections to one database. */
export interface SilenceWatch {
  /** Watches a connection until it ends. */
  add(client: pg.Client): void
  stop(): void
}

/** What the driver knows of a connection and does not tell. */
interface Inner {
  /** False while a statement is under way. */
  readonly readyForQuery?: boolean
  readonly processID: number | null
  readonly connection: { readonly stream: { readonly bytesRead: number; destroy(error: Error): void } }
}

interface Heard {
  bytes: number
  /** Ticks since the last byte, while a statement waits. */
  quiet: number
  idleTimes: number
}

/**
 * A line on which packets vanish is as silent as a statement that takes long, and no limit of time tells them apart. So a
 * connection that hears nothing is asked after on a new one: where that gets no answer either, all connections that
 * heard nothing meanwhile are given up; where the server says that it does nothing for one that waits, that one is. What
 * is worked at is waited for. Who waits is told within `QUIET + PATIENCE` ticks; a connection that was given up never
 * serves anybody again, since what it was asked may still be done.
 * @param tickMs ticks that come late, since this process had too much to do, count once.
 */
export function watchForSilence(connectionString: string, tickMs = SECOND): SilenceWatch {
  const open = new Map<pg.Client, Heard>()
  let isAsking = false
  const look = async () => {
    const waiting = [...open].filter(([client, heard]) => quietTicks(client, heard) >= QUIET)
    if (isAsking || waiting.length === 0) return
    isAsking = true
    const before = new Map([...open].map(([client]) => [client, inner(client).connection.stream.bytesRead]))
    const heardNothing = ([client]: [pg.Client, Heard]) =>
      before.get(client) === inner(client).connection.stream.bytesRead
    const working = await asked(connectionString, tickMs)
    isAsking = false
    // One that still hears, or was opened meanwhile, shows that it is not the line.
    if (working === null && [...open].every(heardNothing)) {
      for (const client of open.keys()) giveUp(client)
    }
    for (const [client, heard] of waiting.filter(heardNothing)) {
      const isIdle = working ? !working(inner(client).processID) : false
      heard.idleTimes = isIdle ? heard.idleTimes + 1 : 0
      if (heard.idleTimes >= IDLE_TIMES) giveUp(client)
      // What is worked at is asked after again when it has been quiet for as long once more.
      if (!isIdle) heard.quiet = 0
    }
  }
  const timer = setInterval(() => void look(), tickMs)
  timer.unref()
  return {
    add(client) {
      open.set(client, { bytes: 0, quiet: 0, idleTimes: 0 })
      client.once('end', () => open.delete(client))
    },
    stop: () => clearInterval(timer),
  }
}

const inner = (client: pg.Client) => client as unknown as Inner

/** @returns for how many ticks a statement has waited without a word. */
function quietTicks(client: pg.Client, heard: Heard): number {
  const { readyForQuery, connection } = inner(client)
  if (readyForQuery !== false || connection.stream.bytesRead !== heard.bytes) {
    Object.assign(heard, { bytes: connection.stream.bytesRead, quiet: 0, idleTimes: 0 })
  } else heard.quiet += 1
  return heard.quiet
}

function giveUp(client: pg.Client): void {
  const error = new Error('Connection terminated: the line to the database is silent')
  inner(client).connection.stream.destroy(Object.assign(error, { code: 'ETIMEDOUT' }))
}

/** Whether the server works for a connection, by the number of its process there. */
type IsWorking = (processId: number | null) => boolean

/** @returns null where nobody answers; undefined where somebody does who knows nothing of it. */
async function asked(connectionString: string, tickMs: number): Promise<IsWorking | null | undefined> {
  const client = new pg.Client({ connectionString, application_name: 'siteward silence' })
  let left = PATIENCE
  const timer = setInterval(() => {
    left -= 1
    if (left === 0) giveUp(client)
  }, tickMs)
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ pid: number; state: string | null; own: number }>(
      'select pid, state, pg_backend_pid() as own from pg_stat_activity where datname = current_database()',
    )
    // Through a pooler the numbers are others.
    if (rows[0]?.own !== inner(client).processID) return undefined
    const states = new Map(rows.map(({ pid, state }) => [pid, state]))
    return (pid) => pid === null || (states.has(pid) && !states.get(pid)?.startsWith('idle'))
  } catch (error) {
    // One who refuses is there; and that none can be opened just now says nothing of those that are open.
    const tried: readonly unknown[] = error instanceof AggregateError ? error.errors : [error]
    return tried.every((one) => VANISHED.has((one as { code?: string }).code ?? '')) ? null : undefined
  } finally {
    clearInterval(timer)
    inner(client).connection.stream.destroy(new Error('asked'))
  }
}
