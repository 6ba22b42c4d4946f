import pg from 'pg'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makePeople } from '../../support/people.ts'
import { listen } from '../../support/product/watcher.ts'
import { until } from '../../support/until.ts'

let app: TestApp
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  await makePeople(connection.db)
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())

it('nobody is signed out while the socket file of the database is not there: requests are put off, and browsers come back by themselves', async () => {
  const duty = await app.signIn('duty')
  const missing = { code: 'ENOENT', syscall: 'connect', address: '/run/postgresql/.s.PGSQL.5432' }
  const away = vi
    .spyOn(pg.Pool.prototype, 'query')
    .mockImplementation(() => Promise.reject(Object.assign(new Error('connect ENOENT'), missing)))
  onTestFinished(() => away.mockRestore())

  expect((await duty.fetch('/api/session')).status).toBe(503)
  const wall = listen(duty, ['websocket'], false)
  onTestFinished(wall.close)
  let refusals = 0
  wall.socket.on('connect_error', () => (refusals += 1))
  await until('it was not let in', () => refusals > 0)
  expect(wall.socket.active, 'it tries again').toBe(true)

  away.mockRestore()
  await until('it is in', () => wall.socket.connected)
  expect((await duty.fetch('/api/session')).status).toBe(200)
})
