import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { localDay, MINUTE } from '../../../shared/base/time.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { testClock } from '../../support/clock.ts'
import { prepareDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { type Behaviour, startSites, type TestSites } from '../../support/registers/sites.ts'
import type { Session } from '../../support/session.ts'
import { until } from '../../support/until.ts'

let sites: TestSites
let app: TestApp
let duty: Session
let site: MadeSite
const clock = testClock()
/** Visits by address. */
const visits = new Map<string, number>()
const visited = (path: string) => visits.get(path) ?? 0
/** The newest item of each column; null: its page does not answer as it should. */
const newest = new Map<string, string | null>([
  ['/c0/', '2026-03-09'],
  ['/c1/', '2026-02-01'],
])

const entrance: Behaviour = (req, res) => {
  const path = req.url ?? '/'
  visits.set(path, visited(path) + 1)
  const send = (status: number, body: string) =>
    res
      .writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
      .end(
        `<html><head><title>某局</title></head><body>${body}<p>${'版权所有 某某局 '.repeat(20)}</p></body></html>`,
      )
  const doors = ['工作动态', '通知公告', '机构职能'].map((name, n) => `<a href="/c${n}/">${name}</a>`)
  if (path === '/') return send(200, `${doors.join('')}<a href="http://other.example/">某某区人民政府</a>`)
  const day = newest.get(path)
  if (day === null) return send(503, 'busy')
  send(
    200,
    `<ul><li><a href="${day}.html">全区安全生产工作会议在我局召开</a><span>${day ?? ''}</span></li></ul>`,
  )
}

beforeAll(async () => {
  sites = await startSites(entrance)
  const database = await prepareDatabase()
  const connection = await connect(database)
  await makePeople(connection.db)
  site = await makeSite(
    connection.db,
    { url: sites.url('s1') },
    { finding: null, finding_at: null, newest: null },
  )
  await connection.close()
  app = await startTestApp({
    database,
    clock,
    env: { ALLOW_ADDRESSES: '127.0.0.0/8', HOSTS: 's1.localhost=127.0.0.1', VISIT_INTERVAL: '300' },
  })
  duty = await app.signIn('duty')
})
afterAll(async () => {
  await app?.stop()
  await sites?.close()
})
beforeEach(() => {
  newest.set('/c0/', '2026-03-09').set('/c1/', '2026-02-01')
})

const detail = () => duty.call('site', { params: { id: site.id } })
/** Lets time pass, five minutes at a time, until the home page was visited so much later. */
async function pass(ms: number): Promise<void> {
  for (const end = clock.now() + ms; clock.now() < end; ) {
    const before = visited('/')
    clock.advance(5 * MINUTE)
    await until('the home page is visited', () => {
      // Others ask for it as well (its line is looked at), so its turn may be a little later.
      if (visited('/') === before) clock.advance(1_000)
      return visited('/') > before
    })
  }
}
/** Asks for a visit, and waits until it is recorded. */
async function ask(): Promise<void> {
  const { findingAt } = await detail()
  clock.advance(1_000)
  await duty.call('visitSite', { params: { id: site.id } })
  await until('the site is read', async () => (await detail()).findingAt !== findingAt)
}

it('judges an entrance by the pages behind it, an hour at most apart', async () => {
  await until('the site is read', async () => (await detail()).findingAt !== null)
  const found = await detail()
  expect(found).toMatchObject({
    state: 'healthy',
    v2: 'ok',
    v3: 'ok',
    newest: '2026-03-09',
    finding: { entrance: false, evidence: { page: `${site.url}c0/`, href: `${site.url}c0/2026-03-09.html` } },
  })
  expect(found.finding?.pages?.map(({ name, newest: day }) => [name, day])).toEqual([
    ['工作动态', '2026-03-09'],
    ['通知公告', '2026-02-01'],
    ['机构职能', null],
  ])
  expect([visited('/c0/'), visited('/c1/')]).toEqual([1, 1])
  await pass(50 * MINUTE)
  expect(visited('/c0/'), 'not again within the hour').toBe(1)
  newest.set('/c0/', localDay(clock.now()))
  await pass(15 * MINUTE)
  await until('the columns are read again', () => visited('/c1/') === 2)
  await until('and what is new is found', async () => (await detail()).newest === '2026-03-10')
  await ask()
  expect(visited('/c0/'), 'when somebody asks, at once').toBe(3)
})

it('says nothing as long as a column that may be newer does not answer', async () => {
  newest.set('/c0/', null)
  await ask()
  expect(await detail()).toMatchObject({ availability: 'up', v2: 'insufficient', state: 'unknown' })
  newest.set('/c0/', '2026-02-03')
  await ask()
  expect(await detail()).toMatchObject({ v2: 'violated', state: 'dormant', newest: '2026-02-03' })
})
