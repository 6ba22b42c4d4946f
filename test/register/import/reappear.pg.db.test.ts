import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readRegister } from '../../../server/register/import/file/read.ts'
import { importRegister } from '../../../server/register/import/import.ts'
import { planImport } from '../../../server/register/import/plan/plan.ts'
import { sayQuestion } from '../../../server/register/import/report/say.ts'
import type { Answers } from '../../../shared/register/import/imports.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { treeFor } from '../../support/registers/guangzhou.ts'
import { type RegisterLine, registerFile, sitesOf } from '../../support/registers/registers.ts'

let fresh: FreshDatabase
let ctx: TestContext
let lines: RegisterLine[]
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  const tree = await treeFor('440600')
  const district = tree.get('440604')
  if (!district) throw new Error('there is no Chancheng')
  lines = sitesOf(tree, district, 6)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await sql`truncate district, fact restart identity cascade`.execute(fresh.db)
  await sql`delete from setting where key = 'area'`.execute(fresh.db)
  await fresh.db.updateTable('fact_counter').set({ seq: 0 }).execute()
  // Six sites, of which the last is closed by the second file.
  await load(lines)
  expect((await load(lines.slice(0, 5), { missing: 'closed' })).ended).toHaveLength(1)
})

async function load(file: readonly RegisterLine[], answers: Answers = {}) {
  const made = await planImport(fresh.db, await readRegister(registerFile(file)), answers)
  return {
    ...made,
    ...(await importRegister(ctx, made.rows, { ...made, area: { code: made.area.code, by: 'register' } })),
  }
}
const last = (): RegisterLine => lines[5] as RegisterLine
const key = () => `reappeared:${last().code}`
const sites = () =>
  fresh.db
    .selectFrom('site')
    .innerJoin('site_state', 'site_state.site_id', 'site.id')
    .select(['site.id', 'code', 'pause_reason', 'availability'])
    .orderBy('code')
    .execute()

test('a closed site that is in a later file again is asked about; until then it stays closed, and all else is loaded', async () => {
  const again = await load(lines)
  expect(again.questions).toEqual([
    {
      kind: 'reappeared',
      key: key(),
      line: 7,
      site: { code: last().code, name: last().name, url: last().url },
      how: 'closed',
      to: { code: last().code, name: last().name, url: last().url },
      same: 'code',
    },
  ])
  expect(again).toMatchObject({ waiting: 1, unchanged: 5, reopened: [] })
  expect((await sites()).at(-1)).toMatchObject({ code: last().code, availability: 'paused' })
  expect(sayQuestion(again.questions[0]!).join('\n')).toContain(`--answer ${key()}=reopened|mistake`)
})

test('answered with reopened, it is visited again under its own past, and no later file asks', async () => {
  const before = (await sites()).at(-1)
  expect(await load(lines, { [key()]: 'reopened' })).toMatchObject({ questions: [], waiting: 0, added: 0 })
  const after = (await sites()).at(-1)
  expect(after).toEqual({ ...before, pause_reason: null, availability: 'unknown' })
  expect((await load(lines)).questions).toEqual([])
  const audit = await fresh.db.selectFrom('audit').select('detail').orderBy('id').execute()
  expect(audit).toContainEqual({ detail: expect.objectContaining({ reopened: [last().code] }) })
})

test('answered with a mistake of the file, the row is left out and the site stays closed', async () => {
  expect(await load(lines, { [key()]: 'mistake' })).toMatchObject({ questions: [], left: 1, waiting: 0 })
  expect((await sites()).at(-1)).toMatchObject({ availability: 'paused' })
})

test('a new code at the address of a closed site may be that site, or another one', async () => {
  const moved = { ...last(), code: '4406049999', name: '禅城区新网站' }
  const file = [...lines.slice(0, 5), moved]
  const asked = await load(file)
  expect(asked.questions).toMatchObject([
    { kind: 'reappeared', key: key(), to: { code: moved.code }, same: 'host' },
  ])
  expect(asked).toMatchObject({ waiting: 1, added: 0 })
  const before = await sites()

  const other = await load(file, { [key()]: 'other' })
  expect(other).toMatchObject({ added: 1, questions: [], reopened: [] })
  expect(await sites()).toHaveLength(before.length + 1)
  expect((await load(file)).questions).toEqual([])
})

test('answered with reopened under another code, it goes on as the same site', async () => {
  const moved = { ...last(), code: '4406049999' }
  const [before] = (await sites()).slice(-1)
  await load([...lines.slice(0, 5), moved], { [key()]: 'reopened' })
  expect(await sites()).toHaveLength(6)
  expect((await sites()).at(-1)).toMatchObject({ id: before?.id, code: moved.code, availability: 'unknown' })
})

test('another site at that address cannot have the code of the one that is over', async () => {
  expect(await load(lines, { [key()]: 'other' })).toMatchObject({ waiting: 1, added: 0 })
})

test('a site that somebody has paused for good is not asked about', async () => {
  await load(lines, { [key()]: 'reopened' })
  await fresh.db
    .updateTable('site')
    .set({ pause_reason: '机房搬迁' })
    .where('code', '=', last().code)
    .execute()
  expect((await load(lines)).questions).toEqual([])
})
