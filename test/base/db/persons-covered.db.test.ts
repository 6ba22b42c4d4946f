import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { up } from '../../../server/base/db/migrations/0171_persons_covered.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const ID = '440106199001011016'

test('what an older version has stored of persons is covered, and pages that have such are looked at again', async () => {
  const { db } = fresh
  const site = await makeSite(db)
  const at = new Date('2026-03-10T00:00:00Z')
  const url = (id: string) => `${site.url}detail?name=%E5%BC%A0%E4%B8%89&sfzh=${id}`
  const problem = (id: string) => ({
    ...{
      site_id: site.id,
      rule: 'wrong-words',
      key: `identity /detail?sfzh=${id}`,
      url: url(id),
      excerpt: '',
    },
    ...{
      outline: JSON.stringify({ text: id }),
      detail: JSON.stringify({ n: 3, page: url(id) }),
      told: url(id),
    },
    ...{
      first_at: at,
      last_at: at,
      gone_at: null,
      decided_by: null,
      decided_at: null,
      note: null,
      rule_version: 1,
    },
  })
  const other = { ...problem('x'), key: '/a', url: site.url, outline: null, detail: '{}', told: null }
  await db
    .insertInto('inspection_problem')
    .values([problem(ID), problem('440106199101011016'), other])
    .execute()
  const page = { site_id: site.id, kind: 'page' as const, depth: 1, scan_id: 1, seen_at: at, status: 200 }
  const none = { etag: null, last_modified: null, print: null, links: null, body: null, headers: null }
  await db
    .insertInto('inspection_page')
    .values(
      [url(ID), site.url].map((one) => ({
        ...{ ...page, ...none, url: one, url_hash: one, title: '', rules: 'as before' },
        ...{ hosts: '{}', said: '{}', found: '[]' },
      })),
    )
    .execute()
  await sql`alter table picture drop column is_covered`.execute(db)
  await db.transaction().execute((tx) => up(tx))
  const rows = await db.selectFrom('inspection_problem').selectAll().orderBy('id').execute()
  expect(JSON.stringify(rows)).not.toMatch(/1990|1991|%E5/)
  expect(rows[0]).toMatchObject({
    url: `${site.url}detail?name=***&sfzh=440***16`,
    detail: { n: 3 },
    outline: { text: '440***16' },
  })
  expect(rows[2]).toMatchObject({ key: '/a', outline: null, told: null })
  const pages = await db.selectFrom('inspection_page').select(['url', 'rules']).orderBy('url').execute()
  expect(pages.map(({ rules }) => rules)).toEqual(['as before', null])
})
