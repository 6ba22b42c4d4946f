import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { watch } from '../../support/product/watcher.ts'
import { until } from '../../support/until.ts'

/** More than a subscription may name rooms. */
const MANY = 230
const PAUSE = { until: null, reason: '机房搬迁' }
const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }

let app: TestApp
let people: People
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())

it('a unit hears of its sites as lists show them: none, the first, and more than two hundred', async () => {
  const { db } = app.context
  const session = await app.signIn('owner')
  const { rooms } = await session.call('session')
  const desk = await watch(session, { rooms })
  await until('it hears that it hears', () => desk.pulses.length > 0)
  expect([...desk.board.sites]).toEqual([])

  const make = () => makeSite(db, { unit_id: people.unitId }, later)
  await make()
  await makeSite(db, {}, later)
  await registerChanged()
  await until('the first site has come', () => desk.board.sites.size === 1)

  for (let n = 1; n < MANY; n++) await make()
  await registerChanged()
  await until('all of them have come', () => desk.board.sites.size === MANY)
  const { total } = await session.call('sites', { query: { limit: 1 } })
  expect(total).toBe(MANY)

  const last = Math.max(...desk.board.sites.keys())
  const duty = await app.signIn('duty')
  await duty.call('pauseSite', { params: { id: last }, body: PAUSE })
  await desk.fact('the pause of the last of them', (fact) => fact.siteId === last)
  expect(desk.board.sites.get(last)?.state).toBe('paused')
  expect(desk.complaints).toEqual([])
  desk.close()
})

it('a change of the register is shown although the database could not be read when it was told of', async () => {
  const { db } = app.context
  const wall = await watch(await app.signIn('duty'))
  const before = wall.board.sites.size
  await sql`alter table rectification rename to rectification_away`.execute(db)
  try {
    await makeSite(db, {}, later)
    await registerChanged()
    const { length } = wall.pulses
    await until('it was tried', () => wall.pulses.length > length + 1)
    expect(wall.board.sites.size).toBe(before)
  } finally {
    await sql`alter table rectification_away rename to rectification`.execute(db)
  }
  await until('the site has come', () => wall.board.sites.size === before + 1)
  expect(wall.complaints).toEqual([])
  wall.close()
})

async function registerChanged(): Promise<void> {
  const { db, clock } = app.context
  const at = new Date(clock.now()).toISOString()
  const fact = { kind: 'register.changed', at, siteId: null, district: null, actor: null } as const
  await db.transaction().execute((tx) => appendFacts(tx, [{ ...fact, data: { added: 1, changed: 0 } }]))
  app.context.wake()
}
