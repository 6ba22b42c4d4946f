import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { type PreparedDatabase, prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { startSites, type TestSites } from '../../support/registers/sites.ts'
import { patient } from '../../support/run/patience.ts'
import { until } from '../../support/until.ts'
import { ASKED_FOR_NOTHING } from './scans.ts'

const PAGES = 12
let sites: TestSites
let app: TestApp
let database: PreparedDatabase
let id: number
const asked: string[] = []

beforeAll(async () => {
  sites = await startSites((req, res) => {
    if (ASKED_FOR_NOTHING.test(req.url ?? '')) return void res.writeHead(404).end('x')
    asked.push(req.url ?? '')
    const links = Array.from({ length: PAGES }, (_, n) => `<a href="/p${n}">第${n}页</a>`)
    res.writeHead(200, { 'content-type': 'text/html' }).end(req.url === '/' ? links.join('') : 'ok')
  })
  database = await prepareDatabase()
  const { db, close } = await connect(database)
  const people = await makePeople(db)
  // Its next visit is far off: whatever is asked for is asked for by the scan.
  id = (
    await makeSite(
      db,
      { url: sites.url('jobs'), unit_id: people.unitId },
      { next_visit_at: new Date('2030-01-01') },
    )
  ).id
  await close()
  app = await start()
})
afterAll(async () => {
  await app?.stop()
  await sites?.close()
})

/** The product on the same data; what it drops at its end stays. */
const start = () =>
  startTestApp({ database: { ...database, drop: async () => {} }, env: { ALLOW_ADDRESSES: '127.0.0.0/8' } })

test('a scan that a person asked for is done in the background, across a restart, asking nothing twice', {
  timeout: patient(180_000),
}, async () => {
  let owner = await app.signIn('owner')
  const scan = await owner.call('startScan', { params: { id }, body: { delayMs: 300 } })
  expect(scan).toMatchObject({ state: 'running', requestedBy: { name: '张磊' } })
  await until('the scan has begun', () => asked.length >= 3)
  const clock = app.clock
  await app.stop()
  const soFar = asked.length
  expect(soFar, 'stopped in the middle').toBeLessThan(PAGES)
  app = await startTestApp({
    database,
    clock,
    env: { ALLOW_ADDRESSES: '127.0.0.0/8' },
  })
  owner = await app.signIn('owner')
  await until(
    'the scan is done',
    async () => (await owner.call('links', { params: { id } })).scan?.state === 'done',
    // Where a busy machine ends before its scan has, the scan is taken up when its lease is over.
    150_000,
  )
  expect(asked).toHaveLength(PAGES + 1)
  expect(new Set(asked).size).toBe(PAGES + 1)
})
