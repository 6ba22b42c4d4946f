import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { api } from '../../../shared/api.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { page, startSites, type TestSites } from '../../support/registers/sites.ts'
import type { Session } from '../../support/session.ts'
import { until } from '../../support/until.ts'

let sites: TestSites
let app: TestApp
let owner: Session
let id: number

beforeAll(async () => {
  sites = await startSites(page(['2026-03-09']))
  const database = await prepareDatabase()
  const { db, close } = await connect(database)
  const people = await makePeople(db)
  id = (
    await makeSite(
      db,
      { url: sites.url('shipai'), unit_id: people.unitId },
      { next_visit_at: new Date(0), finding_at: null },
    )
  ).id
  await close()
  app = await startTestApp({ database, env: { ALLOW_ADDRESSES: '127.0.0.0/8' } })
  owner = await app.signIn('owner')
})
afterAll(async () => {
  await app?.stop()
  await sites?.close()
})

test('the monitor keeps what it saw, and the owner of the site gets it as a page that can do nothing', async () => {
  const kept = await until('the first page is kept', async () => {
    app.clock.advance(60_000)
    const list = await owner.call('siteEvidence', { params: { id } })
    return list[0]
  })
  expect(kept).toMatchObject({ shown: 'ok', state: 'healthy', finding: { newest: '2026-03-09' } })
  const answer = await owner.fetch(`/api/evidence/${kept.id}/page`)
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await answer.text()).toContain('<mark id="siteward-evidence">2026-03-09</mark>')
  const detail = await owner.call('evidence', { params: { id: kept.id } })
  expect(api.evidence.output.parse(detail).difference).toBeNull()
})

test('strangers and other districts get nothing', async () => {
  const [kept] = await owner.call('siteEvidence', { params: { id } })
  expect((await app.stranger.fetch(`/api/evidence/${kept?.id}/page`)).status).toBe(401)
  const haizhu = await app.signIn('haizhu')
  expect((await haizhu.fetch(`/api/evidence/${kept?.id}/page`)).status).toBe(404)
  expect((await haizhu.fetch(`/api/sites/${id}/evidence`)).status).toBe(404)
})
