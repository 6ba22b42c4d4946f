import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { listenForOthers } from '../../server/app/others.ts'
import type { Measured } from '../../server/base/context.ts'
import { testClock } from '../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

/** A standby takes connections, and lets nobody listen before it is promoted. */
function isStandby() {
  const real = pg.Client.prototype.query
  const standby = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...asked: unknown[]
  ) {
    if (!String(asked[0]).startsWith('listen'))
      return (real as (...all: unknown[]) => unknown).apply(this, asked)
    return Promise.reject(
      Object.assign(new Error('cannot execute LISTEN during recovery'), { code: '25006' }),
    )
  } as never)
  onTestFinished(() => standby.mockRestore())
  return standby
}

async function listening() {
  const heard = { wakes: 0, missed: 0, visits: [] as Measured[] }
  const live = {
    hub: {
      missedSince: () => (heard.missed += 1),
      measured: (visits: Measured[]) => heard.visits.push(...visits),
    },
    expel: async () => {},
  }
  const parts = { wake: () => (heard.wakes += 1), clock: testClock(), log: pino({ level: 'silent' }) }
  const stop = () => listenForOthers(fresh.databaseUrl ?? '', parts as never, live as never, () => {})
  return { heard, stop: await stop() }
}

const listeners = async () => {
  const { rows } = await fresh.connection.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'siteward listen' and datname = current_database()`,
  )
  return rows.map(({ pid }) => pid)
}

it('a process that came to a standby hears others again once that is promoted', async () => {
  const { heard, stop } = await listening()
  onTestFinished(stop)
  expect(heard).toMatchObject({ wakes: 1, missed: 1 })
  const standby = isStandby()
  for (const pid of await listeners())
    await fresh.connection.pool.query('select pg_terminate_backend($1)', [pid])
  const asked = () => standby.mock.calls.filter(([text]) => String(text).startsWith('listen')).length
  await until('it has come to the standby, and again', () => asked() > 1)
  standby.mockRestore()
  await until('it listens', () => heard.missed > 1)
  const { wakes } = heard
  await fresh.connection.pool.query(`select pg_notify('siteward_fact', '')`)
  await until('it hears', () => heard.wakes > wakes)
  expect(await listeners()).toHaveLength(1)
})

it('a process that is begun at a standby ends, and leaves no connection', async () => {
  const standby = isStandby()
  await expect(listening()).rejects.toThrow('recovery')
  standby.mockRestore()
  await until('none is left', async () => (await listeners()).length === 0)
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  expect(await listeners()).toEqual([])
})

it('what another says that is none of our words is no reason to hear no more', async () => {
  const { heard, stop } = await listening()
  onTestFinished(stop)
  for (const payload of ['[[1,', '{}', 'null', '', '[[7,1764547200,12]]'])
    await fresh.connection.pool.query(`select pg_notify('siteward_pulse', $1)`, [payload])
  await until('it hears', () => heard.visits.length > 0)
  expect(heard.visits).toEqual([{ siteId: 7, at: 1764547200, latencyMs: 12 }])
})
