import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rectificationsById } from '../../../server/desk/rectifications/queries.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { importRegister } from '../../../server/register/import/import.ts'
import { editSite, editSites } from '../../../server/register/ledger/service.ts'
import { rectificationWaitsFor } from '../../../shared/desk/rectifications/waiting-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { siteEdit, sitesEdit } from '../../../shared/register/ledger/ledger.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeAlert, makeSite, makeUnit } from '../../support/make.ts'
import { addUser, makePeople, type People } from '../../support/people.ts'

/* A site that is another unit's by the register takes what is open of it along. */

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
let other: { id: number; name: string }
let successor: Principal
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
let serial = 0
beforeEach(async () => {
  other = await makeUnit(fresh.db, { name: `文旅局${++serial}`, district: '440106' })
  site = await makeSite(fresh.db, {
    division: '440106',
    unit_id: people.unitId,
    level: 'district_department',
  })
  const account = { username: `after${serial}`, name: '张宁', role: 'unit', password_hash: '' } as const
  successor = await addUser(fresh.db, account, { kind: 'unit', unitId: other.id })
})

const raise = async (unitId?: number) => {
  const alert = await makeAlert(fresh.db, { site, rule: unitId === undefined ? 'DOWN' : 'V2' })
  return raiseRectification(ctx, people.duty, {
    ...{ alertIds: [alert.id], dueWorkdays: 10 },
    ...(unitId !== undefined && { unitId }),
  })
}
const now = async (id: number) => {
  const found = (await rectificationsById(fresh.db, [id])).get(id)
  if (!found) throw new Error('no rectification')
  return found
}
const edit = (unit = other.name) =>
  editSite(ctx, people.duty, site.id, siteEdit.parse({ version: site.version, unit, reason: '机构改革' }))

test('whoever has the site by now mends what was found before, and is told of it', async () => {
  const raised = await raise()
  await refused(takeStep(ctx, successor, raised, { step: 'accept' }), 'not_found')
  const facts = await ctx.told(() => edit())
  expect(facts.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['ledger.edited', 'rectification.moved']),
  )
  expect(facts.find(({ kind }) => kind === 'rectification.moved')).toMatchObject({
    ...{ siteId: site.id, actor: { name: '王敏' } },
    data: { text: '机构改革', rectification: { id: raised.id, unitId: other.id } },
  })
  const handed = await now(raised.id)
  expect(handed).toMatchObject({
    ...{ unitId: other.id, unit: other.name, stage: 'raised' },
    dueOn: raised.dueOn,
  })
  await refused(takeStep(ctx, people.owner, handed, { step: 'accept' }), 'not_found')
  expect(await takeStep(ctx, successor, handed, { step: 'accept' })).toMatchObject({ stage: 'accepted' })
})

test('whoever of the old unit it was given to has it no more: it waits for the new one', async () => {
  const to = { step: 'assign', assigneeId: people.owner.id } as const
  const given = await takeStep(ctx, people.duty, await raise(), to)
  expect(given).toMatchObject({ stage: 'assigned', assignee: { id: people.owner.id } })
  await edit()
  const handed = await now(given.id)
  expect(handed).toMatchObject({ stage: 'raised', assignee: null })
  expect(rectificationWaitsFor(handed, successor, ctx.clock.now())).toBe(true)
  expect(rectificationWaitsFor(handed, people.owner, ctx.clock.now())).toBe(false)
})

test('one that somebody of the district has stays theirs, and one that was taken on is so still, with nobody', async () => {
  const to = { step: 'assign', assigneeId: people.tianhe.id } as const
  const theirs = await takeStep(ctx, people.duty, await raise(), to)
  const alert = await makeAlert(fresh.db, { site, rule: 'V2' })
  const raised = await raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
  const taken = await takeStep(ctx, people.owner, raised, { step: 'accept' })
  await edit()
  expect(await now(theirs.id)).toMatchObject({ stage: 'assigned', assignee: { id: people.tianhe.id } })
  const handed = await now(taken.id)
  expect(handed).toMatchObject({ stage: 'accepted', assignee: null })
  expect(rectificationWaitsFor(handed, successor, ctx.clock.now())).toBe(true)
})

test('one that was raised for somebody else is still theirs, and one that is closed still of who mended it', async () => {
  const third = await makeUnit(fresh.db, { district: '440106' })
  const [elsewhere, over] = [await raise(third.id), await raise()]
  await takeStep(ctx, people.duty, over, { step: 'override', reason: '已核实' })
  await edit()
  expect((await now(elsewhere.id)).unitId).toBe(third.id)
  expect((await now(over.id)).unitId).toBe(people.unitId)
})

test('so it is when many sites are changed at once, or a file is loaded', async () => {
  const { id } = await raise()
  const bulk = { siteIds: [site.id], unit: other.name, reason: '划转' }
  await editSites(ctx, people.duty, sitesEdit.parse(bulk))
  expect((await now(id)).unitId).toBe(other.id)
  const back = await fresh.db
    .selectFrom('unit')
    .select('name')
    .where('id', '=', people.unitId)
    .executeTakeFirstOrThrow()
  const { code, name, url, level } = site
  const row = { code, name, url, level, district: '440106', division: '440106' }
  const facts = await ctx.told(() =>
    importRegister(ctx, [{ ...row, unit: back.name, platform: null, intervalS: null }], {
      file: '名录.xlsx',
    }),
  )
  expect((await now(id)).unitId).toBe(people.unitId)
  expect(facts).toMatchObject([
    { kind: 'rectification.moved', actor: null, data: { text: '名录.xlsx' } },
    { kind: 'register.changed' },
  ])
})

test('a site that changes otherwise leaves what is open of it alone', async () => {
  const raised = await raise()
  const renamed = siteEdit.parse({ version: site.version, name: '某办公室', reason: '更名' })
  const facts = await ctx.told(() => editSite(ctx, people.duty, site.id, renamed))
  expect(facts.map(({ kind }) => kind)).not.toContain('rectification.moved')
  expect(await now(raised.id)).toMatchObject({ unitId: people.unitId, version: raised.version })
})
