import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { findFinding } from '../../../server/census/findings/queries.ts'
import { recordFinding } from '../../../server/census/findings/service.ts'
import { rectificationsById } from '../../../server/desk/rectifications/queries.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { raiseMany } from '../../../server/desk/rectifications/raise/raise-many.ts'
import { siteRecord } from '../../../server/register/ledger/service.ts'
import { mergeSites } from '../../../server/register/merges/merge.ts'
import { alikeWithin, kinOf } from '../../../server/register/merges/queries.ts'
import { undoMerge } from '../../../server/register/merges/undo.ts'
import { newFinding } from '../../../shared/census/findings/findings.ts'
import { raiseManyInput } from '../../../shared/desk/rectifications/rectifications.ts'
import { mergeInput } from '../../../shared/register/merges/merges.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeAlert, makeSite, makeUnit } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let stays: MadeSite
let goes: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  const other = await makeUnit(fresh.db, { district: '440106' })
  stays = await makeSite(fresh.db, { unit_id: people.unitId })
  goes = await makeSite(fresh.db, { unit_id: other.id })
})

const record = (site: MadeSite) =>
  recordFinding(ctx, people.tianhe, newFinding.parse({ siteId: site.id, rule: 'S4d', note: '机构地址有误' }))
async function raise() {
  const alert = await makeAlert(fresh.db, { site: goes, rule: 'V2' })
  return raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
}
const merge = (taken: { unit?: unknown } = {}) =>
  mergeSites(
    ctx,
    people.duty,
    stays.id,
    mergeInput.parse({ version: 1, otherId: goes.id, otherVersion: 1, reason: '重复登记', ...taken }),
  )
async function undo(): Promise<void> {
  const { mergedInto } = await kinOf(fresh.db, people.duty, goes.id)
  await undoMerge(ctx, people.duty, mergedInto?.id ?? 0, '不是同一个网站')
}
const rectification = async (id: number) => (await rectificationsById(fresh.db, [id])).get(id)

it('what is open of a site that is merged goes over to the one that stays, and comes back with it', async () => {
  const { id } = await raise()
  const before = await rectification(id)
  const own = await record(stays)
  const found = await record(goes)
  expect([own.number, found.number], 'each by its site').toEqual([own.number, own.number])
  const facts = await ctx.told(() => merge())
  expect(await rectification(id)).toMatchObject({
    ...{ siteId: stays.id, unitId: stays.unit_id, stage: before?.stage, dueOn: before?.dueOn },
    alertIds: before?.alertIds,
  })
  expect(await findFinding(fresh.db, people.duty, found.id)).toMatchObject({
    ...{ siteId: stays.id, number: own.number.replace('001', '002'), state: found.state },
  })
  const kinds = facts.map(({ kind }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['alert.resolved', 'rectification.moved', 'finding.moved']))
  expect((await kinOf(fresh.db, people.duty, stays.id)).merged).toMatchObject([
    { moved: { rectifications: 1, findings: 1 } },
  ])
  await undo()
  expect(await rectification(id)).toMatchObject({ siteId: goes.id, unitId: goes.unit_id })
  expect(await findFinding(fresh.db, people.duty, found.id)).toMatchObject({
    ...{ siteId: goes.id, number: found.number },
  })
})

it('what is open of either is for the unit that both are of from then on, and comes back', async () => {
  const alert = await makeAlert(fresh.db, { site: stays, rule: 'DOWN' })
  const own = await raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
  const { id } = await raise()
  const { unit } = await siteRecord(ctx, people.duty, goes.id)
  const facts = await ctx.told(() => merge({ unit }))
  expect(await rectification(own.id)).toMatchObject({ siteId: stays.id, unitId: goes.unit_id })
  expect(await rectification(id)).toMatchObject({ siteId: stays.id, unitId: goes.unit_id })
  const moved = facts.filter(({ kind }) => kind === 'rectification.moved')
  expect(moved, 'each is told of once').toHaveLength(2)
  await undo()
  expect(await rectification(own.id)).toMatchObject({ siteId: stays.id, unitId: stays.unit_id })
  expect(await rectification(id)).toMatchObject({ siteId: goes.id, unitId: goes.unit_id })
})

it('what waits for the monitor is verified anew by the site that it visits', async () => {
  const { id } = await raise()
  const waiting = {
    stage: 'verifying',
    submitted_at: new Date(ctx.clock.now()),
    submitted_note: '已修复',
  } as const
  await fresh.db.updateTable('rectification').set(waiting).where('id', '=', id).execute()
  await merge()
  expect(await rectification(id)).toMatchObject({ siteId: stays.id, stage: 'submitted', verification: null })
})

it('what was closed by then comes back closed', async () => {
  const { id } = await raise()
  await merge()
  const closed = { stage: 'closed', closed_at: new Date(ctx.clock.now()) } as const
  await fresh.db.updateTable('rectification').set(closed).where('id', '=', id).execute()
  await undo()
  expect(await rectification(id)).toMatchObject({ siteId: goes.id, stage: 'closed' })
})

it('nothing new is raised or recorded for a site that was merged', async () => {
  await merge()
  expect((await refused(record(goes), 'conflict')).reason).toBe('common.siteMerged')
  const given = { siteIds: [goes.id], rule: 'OTHER', source: 'hotline', problem: '首页有误', dueWorkdays: 5 }
  const refusal = await refused(raiseMany(ctx, people.duty, raiseManyInput.parse(given)), 'conflict')
  expect(refusal.reason).toBe('common.siteMerged')
})

it('likely duplicates of a nation are found in the order of an index, without reading the sites', async () => {
  const plan = await fresh.db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    await sql`set local enable_sort = off`.execute(tx)
    await sql`set local enable_hashagg = off`.execute(tx)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${alikeWithin({ kind: 'city' })}`.execute(tx)
    return rows.map((row) => row['QUERY PLAN']).join(' ')
  })
  expect(plan).toContain('Index Only Scan using site_same_address')
  expect(plan).toContain('Index Only Scan using site_same_name')
})
