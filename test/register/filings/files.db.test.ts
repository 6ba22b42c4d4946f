import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { after } from '../../../server/app/after.ts'
import { cleanHidden, HIDDEN_KEPT_MS } from '../../../server/people/files/keep.ts'
import {
  addFilingFile,
  contentOfFile,
  removeFilingFile,
} from '../../../server/register/filings/files/service.ts'
import {
  approveFiling,
  fileFiling,
  refileFiling,
  returnFiling,
} from '../../../server/register/filings/service.ts'
import { addDays, localDay } from '../../../shared/base/time.ts'
import { type Filing, newFiling, refiling } from '../../../shared/register/filings/filings.ts'
import { MOST_FILING_FILES } from '../../../shared/register/filings/filings-rules.ts'
import { PDF, PNG } from '../../people/files/files.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let filed: Filing
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = { ...testContext(fresh), after }
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
const from = () => addDays(localDay(ctx.clock.now()), 2)
beforeEach(async () => {
  const site = await makeSite(fresh.db, { unit_id: people.unitId })
  const given = { siteId: site.id, ask: 'closed', from: from(), reason: '机构撤并' }
  filed = await fileFiling(ctx, people.owner, newFiling.parse(given))
})

const add = (name = '批文.pdf', bytes: Buffer = PDF, who = people.owner) =>
  addFilingFile(ctx, who, filed.id, { name, type: '' }, bytes)

it('a document goes with what is filed, and is seen by whoever sees that', async () => {
  const { files, version } = await add()
  expect(files).toMatchObject([
    { name: '批文.pdf', type: 'application/pdf', size: PDF.length, by: { id: people.owner.id } },
  ])
  const id = files[0]?.id ?? 0
  expect((await contentOfFile(fresh.db, people.tianhe, id)).bytes).toEqual(PDF)
  await refused(contentOfFile(fresh.db, people.haizhu, id), 'not_found')
  await refused(add('他区.pdf', PDF, people.haizhu), 'not_found')
  await refused(add('只读.pdf', PDF, people.viewer), 'forbidden')
  const unseen = approveFiling(ctx, people.duty, filed.id, { version: filed.version, note: '' })
  expect((await refused(unseen, 'conflict')).reason, 'who decides has to have seen it').toBe(
    'filings.settledMeanwhile',
  )
  await approveFiling(ctx, people.duty, filed.id, { version, note: '' })
  await refused(add('迟到.pdf'), 'conflict')
  await refused(removeFilingFile(ctx, people.owner, id), 'conflict')
})

it('what is other than it says, empty, or of no kind that is taken is refused, and nothing is kept of it', async () => {
  expect((await refused(add('批文.pdf', PNG), 'invalid')).reason).toBe('attachments.contentIsOther')
  expect((await refused(add('程序.exe'), 'invalid')).reason).toBe('attachments.kindFileNotTaken')
  expect((await refused(add('空.pdf', Buffer.alloc(0)), 'invalid')).reason).toBe('attachments.fileEmpty')
  const rows = await fresh.db
    .selectFrom('filing_file')
    .where('filing_id', '=', filed.id)
    .select('id')
    .execute()
  expect(rows).toEqual([])
})

it('what was returned takes documents too, and one that was added by mistake is taken off, with who did it kept', async () => {
  await returnFiling(ctx, people.duty, filed.id, { version: filed.version, note: '缺批文' })
  const { files } = await add()
  const id = files[0]?.id ?? 0
  const without = await removeFilingFile(ctx, people.tianhe, id)
  expect(without.files).toEqual([])
  await refused(contentOfFile(fresh.db, people.owner, id), 'not_found')
  await refused(removeFilingFile(ctx, people.owner, id), 'not_found')
  const again = { version: without.version, from: from(), reason: '机构撤并，附批文' }
  expect(await refileFiling(ctx, people.owner, filed.id, refiling.parse(again))).toMatchObject({
    state: 'filed',
  })
  const kinds = await fresh.db
    .selectFrom('fact')
    .select('kind')
    .where('site_id', '=', filed.siteId)
    .orderBy('seq')
    .execute()
  expect(kinds.map(({ kind }) => kind)).toEqual(
    ['filed', 'returned', 'attached', 'detached', 'filed'].map((what) => `filing.${what}`),
  )
})

it('a filing has so many documents at most', async () => {
  for (let n = 0; n < MOST_FILING_FILES; n++) await add(`${n}.pdf`)
  expect((await refused(add('多.pdf'), 'conflict')).reason).toBe('filings.tooManyFiles')
})

it('what a document holds goes some time after it was taken off, and not before', async () => {
  const bytes = Buffer.from('仅此一份的说明\r\n')
  const { files } = await add('说明.txt', bytes)
  await removeFilingFile(ctx, people.owner, files[0]?.id ?? 0)
  const kept = () =>
    fresh.db.selectFrom('file_content').select('hash').where('size', '=', bytes.length).execute()
  await cleanHidden(ctx)
  expect(await kept()).toHaveLength(1)
  ctx.clock.advance(HIDDEN_KEPT_MS + 1000)
  await cleanHidden(ctx)
  expect(await kept()).toHaveLength(0)
})
