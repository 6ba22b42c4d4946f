import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { type Connection, connect } from '../../../server/base/db/connect.ts'
import { announceMeasured } from '../../../server/city/board/pulse.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { testContext } from '../../support/context.ts'
import { type PreparedDatabase, prepareDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { type Watcher, watch } from '../../support/product/watcher.ts'
import { until } from '../../support/until.ts'
import { visitOf } from '../../support/visits/visited.ts'

let database: PreparedDatabase
let app: TestApp
let other: Connection
let site: MadeSite
let wall: Watcher

beforeAll(async () => {
  database = await prepareDatabase()
  other = await connect(database)
  await makePeople(other.db)
  site = await makeSite(other.db)
  // Visits are those of the story: no monitor makes more of them.
  app = await startTestApp({ database, args: ['--role', 'web'] })
  wall = await watch(await app.signIn('duty'))
})
afterAll(async () => {
  wall.close()
  await other.close()
  await app.stop()
})

/** A visit that another process records, which tells of it or cannot. */
async function visitElsewhere(isTold = true): Promise<number> {
  const atMs = app.clock.advance(5 * SECOND)
  let telling: Promise<void> | null = null
  const ctx = {
    ...testContext({ db: other.db }),
    clock: app.clock,
    measured: (visits: Parameters<typeof announceMeasured>[1]) => {
      telling = isTold ? announceMeasured(other.db, visits) : null
    },
  }
  await recordVisits(ctx, [visitOf(site, atMs)])
  await telling
  return atMs / SECOND
}
const isShown = (at: number) => () =>
  wall.pulses.some(({ rows }) => rows.some((row) => row[0] === site.id && row[1] === at && row[2] === 42))

it('a visit that this process records is in the next pulse', async () => {
  const atMs = app.clock.advance(5 * SECOND)
  await recordVisits(app.context, [visitOf(site, atMs)])
  await until('it is shown', isShown(atMs / SECOND))
})

it('so is one that another process records', async () => {
  await until('it is shown', isShown(await visitElsewhere()))
})

it('and one while nobody can say how the monitors keep pace', async () => {
  await other.db.transaction().execute(async (tx) => {
    await sql`lock table monitor_pace in access exclusive mode`.execute(tx)
    const atMs = app.clock.advance(10 * SECOND)
    app.context.measured([{ siteId: site.id, at: atMs / SECOND, latencyMs: 42 }])
    await until('it is shown', isShown(atMs / SECOND))
  })
})

it('and one of which nothing was heard while the line to the others was cut', async () => {
  const at = await visitElsewhere(false)
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'siteward listen' and datname = current_database()
  `.execute(other.db)
  await until('it is shown', isShown(at))
  expect(wall.complaints).toEqual([])
})

it('a process that starts where nobody visits any more tells since when', async () => {
  const at = await visitElsewhere()
  const later = await startTestApp({ database, args: ['--role', 'web'] })
  onTestFinished(() => later.stop())
  const screen = await watch(await later.signIn('duty'))
  onTestFinished(() => screen.close())
  await until('it hears a pulse', () => screen.pulses.length > 0)
  expect(screen.pulses[0]?.monitor).toMatchObject({ lastVisitAt: at, silentAfterS: 60 })
})
