import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { patient } from '../../support/run/patience.ts'
import { fuzz } from './fuzz.ts'
import { ATTACKERS, setStage } from './stage.ts'

/* The short form of `npm run test:hostile -- --only endpoints`. */

let app: TestApp
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  await setStage(connection.db).finally(() => connection.close())
  app = await startTestApp({ database, env: { REQUESTS_PER_MINUTE: '0' } })
})
afterAll(() => app.stop())

it('no hostile request to any endpoint is answered by a bug, and the server goes on', {
  timeout: patient(240_000),
}, async () => {
  const { db } = app.context
  const attack = { origin: app.url, db, usernames: ATTACKERS, count: 1_500, seed: 20_261_127 }
  const { requests, bugs, statuses } = await fuzz(attack)
  expect(requests).toBe(1_500)
  expect(bugs).toEqual([])
  expect(statuses[200], 'some were good enough to get through').toBeGreaterThan(100)
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
})
