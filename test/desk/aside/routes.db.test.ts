import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { setAside } from '../../../server/base/aside/set-aside.ts'
import { connect } from '../../../server/base/db/connect.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import type { Refused } from '../../support/session.ts'

/* What people see of what is set aside. */

let app: TestApp
beforeAll(async () => {
  const database = await prepareDatabase()
  const { db, close } = await connect(database)
  await makePeople(db)
  await close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())
beforeEach(() => app.context.db.deleteFrom('set_aside').execute())

const put = (ref: string, siteId: number | null = null) =>
  setAside(app.context, { kind: 'visit', ref, siteId, data: { ref } }, new TypeError('ours'))
const refusal = (deed: Promise<unknown>) =>
  deed.then(
    () => null,
    ({ status, problem }: Refused) => ({ status, code: problem.code }),
  )

it('who may read the metrics sees what is set aside, the newest first and page by page', async () => {
  const site = await makeSite(app.context.db, {}, { next_visit_at: new Date('2030-01-01') })
  await put(String(site.id), site.id)
  app.clock.advance(SECOND)
  for (const ref of ['b', 'c', 'b']) await put(ref)
  for (const who of ['admin', 'duty', 'vendor']) {
    const { items, total, nextCursor } = await (await app.signIn(who)).call('aside', { query: { limit: 2 } })
    expect(items.map(({ ref, times }) => [ref, times])).toEqual([
      ['c', 1],
      ['b', 2],
    ])
    expect(total).toBe(3)
    const rest = await (await app.signIn(who)).call('aside', { query: { limit: 2, cursor: nextCursor } })
    expect(rest).toMatchObject({ nextCursor: null, items: [{ site: { id: site.id, name: site.name } }] })
    expect(JSON.parse(rest.items[0]?.data ?? '')).toEqual({ ref: String(site.id) })
  }
  for (const who of ['tianhe', 'owner', 'viewer']) {
    const session = await app.signIn(who)
    expect(await refusal(session.call('aside')), who).toEqual({ status: 403, code: 'forbidden' })
  }
})

it('it is ended by who may, once, with a line in the audit; the alert goes with the last of it', async () => {
  await put('a')
  const [duty, vendor] = [await app.signIn('duty'), await app.signIn('vendor')]
  const alarm = async () => {
    const { items } = await duty.call('alerts', { query: { rule: 'ASIDE' } })
    return items.map(({ status }) => status)
  }
  expect(await alarm()).toEqual(['open'])
  const [{ id } = { id: 0 }] = (await duty.call('aside', { query: { state: 'open' } })).items
  expect(await refusal(vendor.call('endAside', { params: { id } }))).toMatchObject({ status: 403 })
  expect(await duty.call('endAside', { params: { id } })).toMatchObject({ endedBy: { name: '王敏' } })
  expect(await refusal(duty.call('endAside', { params: { id } }))).toEqual({ status: 409, code: 'conflict' })
  expect(await refusal(duty.call('endAside', { params: { id: id + 1 } }))).toMatchObject({ status: 404 })
  expect(await duty.call('aside', { query: { state: 'open' } })).toMatchObject({ items: [], total: 0 })
  expect(await duty.call('aside', { query: { state: 'ended' } })).toMatchObject({ total: 1 })
  expect(await alarm(), 'nothing is live any more').toEqual([])
  const { items } = await duty.call('audit', { query: { action: 'aside.ended' } })
  expect(items).toMatchObject([{ actor: { name: '王敏' }, entity: 'aside', entityId: id }])
  // What still cannot be done comes back.
  await put('a')
  expect(await duty.call('aside', { query: { state: 'open' } })).toMatchObject({ total: 1 })
})
