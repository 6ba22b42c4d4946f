import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../server/base/db/connect.ts'
import { migrate } from '../../server/base/db/migrate.ts'
import { ensureDivisions } from '../../server/register/divisions/seed.ts'
import type { DocumentDetail } from '../../shared/census/documents/documents.ts'
import type { PostgresServer } from '../support/databases/postgres-server.ts'
import { migratedPostgres } from '../support/databases/templates.ts'
import { makeDistricts } from '../support/make.ts'
import { makePeople, PASSWORD } from '../support/people.ts'
import { processesLeft } from '../support/product/cuts.ts'
import { startProduct, stopProducts, temporaryFolder } from '../support/product/product.ts'
import { signIn } from '../support/session.ts'
import { until } from '../support/until.ts'

const SITES = 30_000
const dataDir = temporaryFolder()
const temporary = join(temporaryFolder(), 'tmp')
let postgres: PostgresServer
let close: () => Promise<void>
let db: Awaited<ReturnType<typeof connect>>['db']

beforeAll(async () => {
  mkdirSync(temporary)
  postgres = await migratedPostgres()
  ;({ db, close } = await connect({ databaseUrl: postgres.url(), dataDir: '' }))
  await migrate(db)
  await ensureDivisions(db)
  await makeDistricts(db)
  const { unitId } = await makePeople(db)
  await sql`insert into site (code, name, url, level, district, unit_id, created_at)
    select lpad(n::text, 10, '0'), '某镇政府 ' || n, 'http://site-' || n || '.example/', 'town', '440106', ${unitId}, now()
    from generate_series(1, ${sql.lit(SITES)}) n`.execute(db)
  // Nobody is visited.
  await sql`update site_state set next_visit_at = '2099-01-01'`.execute(db)
})
afterAll(async () => {
  await stopProducts()
  await close?.()
  await postgres?.remove()
})

const start = async () => {
  const env = { DATABASE_URL: postgres.url(), DEMO: 'off', TMPDIR: temporary }
  const product = await startProduct({ dataDir, env })
  await product.ready()
  const duty = await signIn(product.origin, 'duty', PASSWORD)
  const detail = async (id: number) =>
    (await (await duty.fetch(`/api/documents/${id}`)).json()) as DocumentDetail
  return { product, duty, detail }
}

test('a document that is being made when the product is killed is made whole after the restart, and not had before', async () => {
  const first = await start()
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ kind: 'register' })
  const asked = await first.duty.fetch('/api/documents', { method: 'POST', headers, body })
  const { id } = (await asked.json()) as DocumentDetail
  await until('some of it is made', async () => ((await first.detail(id)).making?.done ?? 0) > 0, 30_000)
  await first.product.kill()
  expect(await processesLeft(dataDir)).toEqual([])
  const kept = () =>
    sql<{ rows: number; parts: number; last: number }>`
    select coalesce(sum(jsonb_array_length(rows)), 0)::int as rows, count(*)::int as parts, coalesce(max(part), -1) as last
    from document_part where document_id = ${id}`
      .execute(db)
      .then(({ rows: [row] }) => row)
  expect((await kept())?.rows, 'it was cut off in the midst').toBeLessThan(SITES)

  // Half a minute later nobody has heard of its maker.
  await sql`update document set seen_at = seen_at - interval '1 minute' where id = ${id}`.execute(db)
  const second = await start()
  const early = await second.duty.fetch(`/api/documents/${id}.xlsx`)
  if (early.status !== 409) expect((await second.detail(id)).making, 'it was whole by then').toBeNull()
  await until('it is made', async () => (await second.detail(id)).making === null, 60_000)
  const all = await kept()
  expect([all?.rows, all?.last]).toEqual([SITES, (all?.parts ?? 0) - 1])
  expect((await second.duty.fetch(`/api/documents/${id}.docx`)).status).toBe(200)
  await second.product.stop()
  expect(readdirSync(temporary)).toEqual([])
  expect(await processesLeft(dataDir)).toEqual([])
})
