import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashOf } from '../../../server/census/documents/data/make.ts'
import { openDocument, replyDocument } from '../../../server/census/documents/issue/receipts.ts'
import {
  issueDocument,
  returnDocument,
  reviewDocument,
} from '../../../server/census/documents/issue/steps.ts'
import { dataOf, listDocuments, listReceipts } from '../../../server/census/documents/queries.ts'
import {
  documentDetail,
  editDocument,
  makeDocument,
  requireDocument,
} from '../../../server/census/documents/service.ts'
import { runDeep } from '../../../server/census/rounds/deep/run.ts'
import { draw, freeze, openRound } from '../../../server/census/rounds/open.ts'
import { insertRound, planRound, requireRound, setRound } from '../../../server/census/rounds/service.ts'
import { siteSheet } from '../../../server/census/score-sheets/service.ts'
import type { DocumentDetail, NewDocument } from '../../../shared/census/documents/documents.ts'
import { newRound } from '../../../shared/census/rounds/rounds.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { datedFinding, type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
const later: object[] = []
const jobs = { send: async (_: string, data: object) => void later.push(data) }
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  site = await makeSite(fresh.db, { unit_id: people.unitId })
  await makeSite(fresh.db, { district: '440105' })
  await makeSite(fresh.db, { lifecycle: 'exempt' })
})
afterAll(() => fresh.drop())

const make = (who: Principal, given: NewDocument) => makeDocument(ctx, jobs, who, given)

/** A spot check of every site that is closed, in which those of `failing` were vetoed. */
async function spotCheck(failing: readonly number[]): Promise<number> {
  const given = {
    ...{
      kind: 'spot' as const,
      edition: 'cn-2015',
      opensOn: '2026-03-02',
      dueOn: '2026-03-16',
      repeats: false,
    },
    sample: { share: 1, strata: [], second: 0 },
  }
  return fresh.db.transaction().execute(async (tx) => {
    const id = await insertRound(tx, ctx, given, people.duty)
    await freeze(ctx, tx, await requireRound(ctx, tx, people.duty, id), people.duty)
    await draw(ctx, tx, await requireRound(ctx, tx, people.duty, id), '3021.57', people.duty)
    await tx
      .updateTable('census_round_site')
      .set({ result: 'passed', points: 3 })
      .where('round_id', '=', id)
      .execute()
    if (failing.length > 0) {
      await tx
        .updateTable('census_round_site')
        .set({ result: 'vetoed', points: 40 })
        .where('round_id', '=', id)
        .where('site_id', 'in', [...failing])
        .execute()
    }
    await setRound(tx, id, { state: 'closed', ended_by: people.duty.id, ended_at: new Date(ctx.clock.now()) })
    return id
  })
}
const inReview = async (who: Principal, made: DocumentDetail) =>
  reviewDocument(ctx, who, made.id, { version: made.version })

it('a report says what it goes by and how many sites are not counted, and its hash is that of its data', async () => {
  ctx.clock.set(TUESDAY)
  const made = await make(people.duty, { kind: 'deep-report' })
  expect(made).toMatchObject({ state: 'draft', number: null, making: null })
  expect(made.data).toMatchObject({
    ...{ denominator: 2, excluded: [{ reason: 'exempt', n: 1 }], window: { to: '2026-03-10' } },
    edition: { code: 'cn-2015' },
  })
  if (!made.data) throw new Error('nothing was made')
  expect(hashOf(made.data)).toBe(made.dataHash)
  expect(made.data.tables.sites?.rows).toHaveLength(2)
})

it('a score sheet has the lines of the screen', async () => {
  const made = await make(people.vendor, { kind: 'sheet', siteId: site.id })
  const sheet = await siteSheet(ctx, people.vendor, site.id, { on: undefined, edition: undefined })
  expect(made.data?.figures.points?.value).toBe(sheet.points)
  expect(made.data?.tables.lines?.rows.map((row) => row.slice(0, 3))).toEqual(
    sheet.lines.map(({ rule, count, points }) => [[rule], count, points]),
  )
})

it('what is missing, of another place or of the wrong round is refused, and leaves nothing behind', async () => {
  const before = (await listDocuments(ctx.db, people.duty, {}, { limit: 100 })).total
  await refused(make(people.duty, { kind: 'circular' }), 'invalid')
  await refused(make(people.duty, { kind: 'sheet' }), 'invalid')
  await refused(make(people.duty, { kind: 'ranking', district: '440106' }), 'invalid')
  await refused(make(people.duty, { kind: 'deep-report', district: '999999' }), 'invalid')
  await refused(make(people.haizhu, { kind: 'sheet', siteId: site.id }), 'not_found')
  await refused(make(people.tianhe, { kind: 'deep-report' }), 'forbidden')
  await refused(make(people.tianhe, { kind: 'deep-report', district: '440105' }), 'forbidden')
  expect((await refused(make(people.duty, { kind: 'notice', siteId: site.id }), 'conflict')).reason).toBe(
    'documents.nothingToMend',
  )
  expect((await listDocuments(ctx.db, people.duty, {}, { limit: 100 })).total).toBe(before)
})

it('drafts are for who makes documents of that part; units see what was issued of their own', async () => {
  const made = await make(people.tianhe, { kind: 'sheet', siteId: site.id })
  const seen = async (who: Principal) =>
    (await listDocuments(ctx.db, who, {}, { limit: 100 })).items.map(({ id }) => id)
  expect(await seen(people.tianhe)).toContain(made.id)
  expect(await seen(people.haizhu)).toEqual([])
  expect(await seen(people.viewer)).toEqual([])
  await refused(documentDetail(ctx.db, people.owner, made.id), 'not_found')
  await issueDocument(ctx, people.duty, made.id, { version: (await inReview(people.tianhe, made)).version })
  expect(await seen(people.owner)).toEqual([made.id])
  expect(await documentDetail(ctx.db, people.haizhu, made.id).catch(() => null)).toBeNull()
})

/** The circular that was made last. */
async function latest(): Promise<number> {
  const { items } = await listDocuments(ctx.db, people.duty, { kind: 'circular' }, { limit: 1 })
  return items[0]?.id ?? 0
}

describe('a circular', () => {
  it('is issued by a second person: frozen, numbered without gaps, with what it demands, and its units are told', async () => {
    const roundId = await spotCheck([site.id])
    const made = await make(people.colleague, { kind: 'circular', roundId })
    // What is exempt was on the list of the round as well.
    expect(made.data?.figures).toMatchObject({
      checked: { value: 3 },
      vetoed: { value: 1 },
      passRate: { value: 2 / 3 },
    })
    expect(made.data?.tables.failures?.rows[0]?.slice(0, 2)).toEqual([site.code, site.name])
    const sent = await inReview(people.colleague, made)
    expect((await refused(issueDocument(ctx, people.colleague, made.id, sent), 'forbidden')).reason).toBe(
      'documents.secondPerson',
    )
    const back = await returnDocument(ctx, people.duty, made.id, { ...sent, note: '请补充要求' })
    await refused(issueDocument(ctx, people.duty, made.id, back), 'conflict')
    const edited = await editDocument(ctx, people.colleague, made.id, {
      version: back.version,
      requirements: '限期整改。',
      isPublic: true,
    })
    const again = await reviewDocument(ctx, people.colleague, made.id, edited)
    const facts = await ctx.told(() => issueDocument(ctx, people.duty, made.id, again))
    expect(facts.map(({ kind }) => kind)).toEqual(['rectification.raised', 'document.issued'])
    const issued = await documentDetail(ctx.db, people.duty, made.id)
    expect(issued).toMatchObject({
      state: 'issued',
      rectifications: 1,
      receipts: { told: 1, opened: 0, replied: 0 },
    })
    expect(issued.number).toContain('〔2026〕1号')
    expect(issued.dataHash).toBe(made.dataHash)
    await refused(
      editDocument(ctx, people.colleague, made.id, { version: issued.version, title: '改' }),
      'conflict',
    )
    await refused(issueDocument(ctx, people.duty, made.id, issued), 'conflict')
  })

  it('is opened and answered by the units that it names, each once, and read by everybody', async () => {
    const id = await latest()
    expect((await openDocument(ctx, people.owner, id)).may).toEqual(['reply'])
    await openDocument(ctx, people.owner, id)
    await replyDocument(ctx, people.owner, id, { text: '已整改' })
    expect(await listReceipts(ctx.db, people.duty, id)).toMatchObject([
      { unitId: people.unitId, reply: '已整改' },
    ])
    expect((await requireDocument(ctx.db, people.haizhu, id)).state).toBe('issued')
    expect(await listReceipts(ctx.db, people.haizhu, id)).toEqual([])
  })

  it('of two who issue at once one wins; of two that take the place of the same, too; the next re-checks the last', async () => {
    const first = await latest()
    const roundId = await spotCheck([])
    const [a, b] = [
      await make(people.colleague, { kind: 'circular', roundId, supersedes: first }),
      await make(people.colleague, { kind: 'circular', roundId, supersedes: first }),
    ]
    expect(a.data?.figures).toMatchObject({ rechecked: { value: 1 } })
    const sent = await inReview(people.colleague, a)
    const both = await Promise.allSettled([
      issueDocument(ctx, people.duty, a.id, sent),
      issueDocument(ctx, people.admin, a.id, sent),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await documentDetail(ctx.db, people.duty, first)).toMatchObject({
      state: 'superseded',
      supersededBy: a.id,
    })
    const other = await inReview(people.colleague, b)
    expect((await refused(issueDocument(ctx, people.duty, b.id, other), 'conflict')).reason).toBe(
      'documents.supersededAlready',
    )
    expect((await documentDetail(ctx.db, people.duty, a.id)).number).toContain('〔2026〕2号')
    const c = await make(people.colleague, { kind: 'circular', roundId })
    const last = await issueDocument(ctx, people.duty, c.id, await inReview(people.colleague, c))
    expect(last.number, 'no number is lost to who was refused').toContain('〔2026〕3号')
  })

  it('of a round that goes on is not made, and not issued of one that is void by then', async () => {
    const roundId = await spotCheck([])
    const made = await make(people.colleague, { kind: 'circular', roundId })
    const sent = await inReview(people.colleague, made)
    await fresh.db.updateTable('census_round').set({ state: 'reviewing' }).where('id', '=', roundId).execute()
    await refused(make(people.colleague, { kind: 'circular', roundId }), 'conflict')
    expect((await refused(issueDocument(ctx, people.duty, made.id, sent), 'conflict')).reason).toBe(
      'documents.roundOpenAgain',
    )
    expect(await dataOf(ctx.db, made.id)).not.toBeNull()
  })
})

it('a score sheet on paper names the rules that were judged by the source of pages alone', async () => {
  const finding = JSON.stringify(datedFinding('2026-01-09'))
  const idle = await makeSite(fresh.db, {}, { finding, v2: 'violated' })
  const bySource = async () =>
    (await make(people.vendor, { kind: 'sheet', siteId: idle.id })).data?.figures.sourceAlone
  expect(await bySource()).toEqual({ type: 'rules', value: ['V2'] })
  const drawn_at = new Date(ctx.clock.now())
  await fresh.db.insertInto('site_rendering').values({ site_id: idle.id, drawn_at }).execute()
  expect(await bySource()).toBeUndefined()
})

it('a half-monthly report tells of its half month, although the round is due later', async () => {
  const given = newRound.parse({ kind: 'report', opensOn: '2026-03-01', dueOn: '2026-03-17' })
  const planned = await planRound(ctx, people.duty, given)
  await openRound(ctx, people.duty, planned.id, planned)
  const made = await make(people.duty, { kind: 'half-month', roundId: planned.id })
  expect(made.data?.window).toEqual({ from: '2026-03-01', to: '2026-03-15' })
  expect(made.title).toContain('2026-03-15')
})

it('a report of a deep monitoring names the reasons of its round, on the day of its opening and whatever is found later', async () => {
  const finding = JSON.stringify(datedFinding('2026-01-09'))
  const idle = await makeSite(fresh.db, {}, { finding, v2: 'violated' })
  const days = { opensOn: '2026-03-10', dueOn: '2026-03-16' }
  const planned = await planRound(ctx, people.duty, newRound.parse({ kind: 'deep', ...days }))
  await openRound(ctx, people.duty, planned.id, planned)
  await runDeep(ctx)
  const reasons = async () => {
    const { data } = await make(people.duty, { kind: 'deep-report', roundId: planned.id })
    const of = (table: string) => data?.tables[table]?.rows.find(([code]) => code === idle.code)?.at(-1)
    expect(of('sites')).toEqual(of('failures'))
    return of('failures')
  }
  expect(await reasons()).toEqual(['V2'])
  await fresh.db
    .insertInto('sheet')
    .values({
      ...{ site_id: idle.id, edition: 'cn-2015', revision: 1, outcome: 'vetoed', points: 0, score: null },
      ...{ from_day: days.dueOn, to_day: days.dueOn, vetoes: ['V1'], unmeasured: [], lines: '[]' },
    })
    .execute()
  expect(await reasons()).toEqual(['V2'])
  // A result that an older version has kept has no reasons of its own.
  await fresh.db
    .updateTable('census_round_site')
    .set({ vetoes: null })
    .where('round_id', '=', planned.id)
    .execute()
  expect(await reasons()).toEqual(['V1'])
})
