import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const POISON = 'a\0b\ud83d.'

test('no character keeps a statement from being stored, however it is sent', async () => {
  const { db, connection } = database
  const json = JSON.stringify([{ title: POISON, [POISON]: 1 }])
  const { rows } = await sql<{ text: string; list: string[]; json: unknown; field: string }>`
    select ${POISON}::text as text, ${[POISON]}::text[] as list, ${json}::jsonb as json,
      (select title from jsonb_to_recordset(${json}::jsonb) as x(title text)) as field
  `.execute(db)
  const kept = 'ab\ufffd.'
  expect(rows).toEqual([{ text: kept, list: [kept], json: [{ title: kept, [kept]: 1 }], field: kept }])
  const { pool } = connection
  expect((await pool.query('select $1::text as text', [POISON])).rows).toEqual([{ text: kept }])
  const named = { text: 'select $1::jsonb as json', values: [{ title: POISON }] }
  expect((await pool.query(named)).rows).toEqual([{ json: { title: kept } }])
})
