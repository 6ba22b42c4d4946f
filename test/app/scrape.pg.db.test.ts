import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../server/base/db/connect.ts'
import { HOUR, SECOND } from '../../shared/base/time.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import type { PostgresServer } from '../support/databases/postgres-server.ts'
import { migratedPostgres } from '../support/databases/templates.ts'
import { makePeople } from '../support/people.ts'
import { type Relay, startRelay } from '../support/product/relay.ts'
import type { Session } from '../support/session.ts'
import { until } from '../support/until.ts'

/* Prometheus on another machine reads the metrics of a process whose database is stopped, or behind a line on which nothing comes. */

/** Prometheus gives up after that. */
const PATIENCE_MS = 10 * SECOND

let postgres: PostgresServer
let relay: Relay
let app: TestApp
let duty: Session
let dataDir: string
beforeAll(async () => {
  postgres = await migratedPostgres()
  relay = await startRelay(postgres.port)
  dataDir = mkdtempSync(join(tmpdir(), 'siteward-test-'))
  const databaseUrl = new URL(postgres.url())
  databaseUrl.port = String(relay.port)
  const database = { databaseUrl: databaseUrl.href, dataDir, drop: async () => {} }
  const { db, close } = await connect(database)
  await makePeople(db)
  await close()
  app = await startTestApp({ database })
  duty = await app.signIn('duty')
})
afterAll(async () => {
  await app?.stop()
  await relay?.close()
  await postgres?.remove()
  rmSync(dataDir, { recursive: true, force: true })
})

/** A token of somebody who may read metrics. @param isUsed it was let read them */
async function token(isUsed = true): Promise<{ id: number; key: string }> {
  const body = { label: 'prometheus', readOnly: true, expiresAt: null }
  const made = await duty.call('createToken', { body })
  if (isUsed) expect((await scrape(made.key)).status).toBe(200)
  return { id: made.token.id, key: made.key }
}

async function scrape(key: string): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${key}`, 'x-forwarded-for': '203.0.113.9' }
  const answer = await fetch(`${app.url}/metrics`, { headers, signal: AbortSignal.timeout(PATIENCE_MS) })
  return { status: answer.status, text: await answer.text() }
}

async function startAgain(): Promise<void> {
  await postgres.start()
  await until('requests are answered', () =>
    duty.call('alerts').then(
      () => true,
      () => false,
    ),
  )
}

test('with the database stopped, metrics are told to a token that was let read them within the hour, and to no other', async () => {
  const [known, unused] = [await token(), await token(false)]
  await postgres.stop()
  const { status, text } = await scrape(known.key)
  expect(status).toBe(200)
  expect(text).toContain('siteward_behind_seconds')
  expect((await scrape(unused.key)).status).toBe(503)
  expect((await scrape('made-up')).status).toBe(503)
  expect((await fetch(`${app.url}/metrics`)).status, 'to this machine, as ever').toBe(200)
  app.clock.advance(HOUR)
  expect((await scrape(known.key)).status).toBe(503)
  await startAgain()
  expect((await scrape(known.key)).status).toBe(200)
})

test('a token that was revoked is refused, and not known any more when the database is stopped after that', async () => {
  const { id, key } = await token()
  await duty.call('revokeToken', { params: { id } })
  expect((await scrape(key)).status).toBe(401)
  await postgres.stop()
  expect((await scrape(key)).status).toBe(503)
  await startAgain()
})

test('where the database does not answer at all, what is known without it is told in time', async () => {
  const { key } = await token()
  relay.cut()
  try {
    const { status, text } = await scrape(key)
    expect(status).toBe(200)
    expect(text).toContain('siteward_behind_seconds')
  } finally {
    relay.mend()
  }
})
