import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import type { DocumentDetail, Value } from '../../../shared/census/documents/documents.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import type { Session } from '../../support/session.ts'

let app: TestApp
let duty: Session
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  await makePeople(connection.db)
  const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }
  for (let n = 0; n < 12; n++) await makeSite(connection.db, {}, later)
  await makeSite(connection.db, { district: '440105', name: '=HYPERLINK("http://x.example","海珠")' }, later)
  await connection.close()
  app = await startTestApp({ database })
  duty = await app.signIn('duty')
})
afterAll(() => app.stop())

const make = async (body: object): Promise<DocumentDetail> => {
  const answer = await duty.fetch('/api/documents', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as DocumentDetail
}
const bytesOf = async (path: string) => Buffer.from(await (await duty.fetch(path)).arrayBuffer())

it('the workbook of a report holds the figures of the API, as numbers, and no formula', async () => {
  const made = await make({ kind: 'deep-report' })
  const bytes = await bytesOf(`/api/documents/${made.id}.xlsx?language=zh`)
  const about = await readSheet(bytes, 1)
  const figure = (label: string) => about.find(([name]) => name === label)?.[1]
  expect(figure('应测网站数')).toBe(made.data?.denominator)
  expect(figure('网站数')).toBe(made.data?.figures.sites?.value)
  expect(figure('数据校验值（SHA-256）')).toBe(made.dataHash)
  const sites = await readSheet(bytes, '网站清单')
  expect(sites).toHaveLength(14)
  const rows = made.data?.tables.sites?.rows as Value[][]
  expect(sites.slice(1).map((row) => [row[0], row[1], row[5]])).toEqual(
    rows.map((row) => [row[0], row[1], row[5]]),
  )
  expect(bytes.includes('<f>')).toBe(false)
})

it('what is printed holds the same figures, runs nothing, and writes names of sites as text', async () => {
  const made = await make({ kind: 'register' })
  const answer = await duty.fetch(`/api/documents/${made.id}/print?language=zh`)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  const page = await answer.text()
  expect(page).toContain('=HYPERLINK(&quot;http://x.example&quot;')
  expect(page).not.toContain('<script')
  expect(page).toContain(made.dataHash)
  const rows = await readSheet(await bytesOf(`/api/documents/${made.id}.xlsx?language=zh`), '网站清单')
  expect(rows).toHaveLength(14)
})

it('a page for anybody is there for what was published alone', async () => {
  const at = (slug: string) => app.stranger.fetch(`/public/documents/${slug}`)
  expect((await at('abcdefghjkmnpqrs')).status).toBe(404)
  expect((await at('%3Cscript%3E')).status).toBe(404)
  const made = await make({ kind: 'ranking' })
  await app.context.db
    .updateTable('document')
    .set({ slug: 'published1234567' })
    .where('id', '=', made.id)
    .execute()
  expect((await at('published1234567')).status, 'a draft').toBe(404)
  const issued = {
    state: 'issued' as const,
    series: 'report' as const,
    year: 2026,
    serial: 1,
    is_public: true,
  }
  await app.context.db.updateTable('document').set(issued).where('id', '=', made.id).execute()
  const answer = await at('published1234567?language=en')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toContain('public')
  expect(await answer.text()).toContain('〔2026〕1号')
  expect((await at('published1234567?language=%3Cscript%3E')).status).toBe(400)
})
