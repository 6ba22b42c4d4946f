import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
beforeAll(async () => {
  fresh = await freshDatabase()
  await makePeople(fresh.db)
  http = await startHttp(fresh, { config: { trustProxy: 1 } })
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

/** As our proxy sends it: what the client claimed, and then the address that the client really has. */
const through = (claimed: string, real: string) => ({ 'x-forwarded-for': `${claimed}, ${real}` })
const signIn = (password: string, headers: Record<string, string>) =>
  http.client().post('/api/session', { username: 'duty', password }, headers)

it('whoever claims another address at each try is counted under the own one', async () => {
  const statuses = []
  for (let n = 1; n <= 20; n++) {
    statuses.push((await signIn('wrong', through(`198.51.100.${n}`, '203.0.113.9'))).status)
  }
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10)
  expect(statuses.at(-1)).toBe(429)
})

it('nobody is shut out at an address that somebody else has claimed', async () => {
  for (let n = 0; n < 12; n++) await signIn('wrong', through('192.0.2.80', '203.0.113.10'))
  expect((await signIn(PASSWORD, through('whatever', '192.0.2.80'))).status).toBe(200)
})

it('the audit names the address that the proxy saw', async () => {
  await signIn(PASSWORD, through('198.51.100.99', '192.0.2.81'))
  const { detail } = await fresh.db
    .selectFrom('audit')
    .select('detail')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  expect(detail).toMatchObject({ address: '192.0.2.81' })
})
