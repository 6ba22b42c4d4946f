import { afterAll, beforeAll, expect, it } from 'vitest'
import { cityRoutes } from '../../../server/city/overview/routes.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD } from '../../support/people.ts'
import { problemOf, signedIn, startHttp, type TestHttp } from './app.ts'

let fresh: FreshDatabase
let http: TestHttp
beforeAll(async () => {
  fresh = await freshDatabase()
  await makePeople(fresh.db)
  http = await startHttp(fresh, { config: { requestsPerMinute: 60 }, routers: (ctx) => [cityRoutes(ctx)] })
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

it('whoever asks too much is told how long to wait; what is heavy counts for more; others go on', async () => {
  const [duty, tianhe] = [await signedIn(http, 'duty', PASSWORD), await signedIn(http, 'tianhe', PASSWORD)]
  const history = () => duty.get('/api/city/history')
  const statuses = []
  for (let n = 0; n < 10; n++) statuses.push((await history()).status)
  expect(statuses.filter((status) => status === 200).length).toBeLessThan(10)
  const refused = await history()
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await problemOf(refused)).toMatchObject({ status: 429, code: 'too_many_requests' })
  expect((await tianhe.get('/api/city/history')).status).toBe(200)
})

it('strangers share what their address may ask, and those who are signed in there do not', async () => {
  const viewer = await signedIn(http, 'viewer', PASSWORD)
  let last = 0
  for (let n = 0; n < 70; n++) last = (await http.client().get('/api/session/demo')).status
  expect(last).toBe(429)
  expect((await viewer.get('/api/session')).status).toBe(200)
})
