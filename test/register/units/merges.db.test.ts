import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRound } from '../../../server/census/rounds/open.ts'
import { planRound } from '../../../server/census/rounds/service.ts'
import { listRoundSites } from '../../../server/census/rounds/sites.ts'
import { listSubmissions } from '../../../server/census/rounds/submissions/queries.ts'
import { handInSubmission } from '../../../server/census/rounds/submissions/service.ts'
import { todayOf } from '../../../server/census/rounds/today.ts'
import { rectificationsById } from '../../../server/desk/rectifications/queries.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { siteHistory } from '../../../server/register/ledger/history.ts'
import { editSite, siteRecord } from '../../../server/register/ledger/service.ts'
import { unitKinOf } from '../../../server/register/units/merges/queries.ts'
import { mergeUnits, undoUnitMerge } from '../../../server/register/units/merges/service.ts'
import { newRound } from '../../../shared/census/rounds/rounds.ts'
import { answers } from '../../../shared/census/rounds/submissions/submissions.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { siteEdit } from '../../../shared/register/ledger/ledger.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeAlert, makeSite, makeUnit } from '../../support/make.ts'
import { addUser, makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let goes: { id: number; name: string }
let stays: { id: number; name: string }
let site: MadeSite
let clerk: Principal
let successor: Principal
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
let serial = 0
beforeEach(async () => {
  ctx.clock.set(TUESDAY)
  serial++
  const unit = (name: string) => makeUnit(fresh.db, { name: `${name}${serial}`, district: '440106' })
  ;[goes, stays] = [await unit('文广新局'), await unit('文旅局')]
  const place = { division: '440106', profile: JSON.stringify({ operators: [goes.name, '信息中心'] }) }
  site = await makeSite(fresh.db, { ...place, unit_id: goes.id })
  const account = (username: string, name: string, unitId: number) =>
    addUser(
      fresh.db,
      { username: `${username}${serial}`, name, role: 'unit', password_hash: '' },
      { kind: 'unit', unitId },
    )
  clerk = await account('before', '林丹', goes.id)
  successor = await account('after', '张宁', stays.id)
})

const merge = (who: Principal = people.duty) =>
  mergeUnits(ctx, who, goes.id, { intoId: stays.id, reason: '机构改革' })
const undo = async (reason = '改革方案调整') => {
  const { mergedInto } = await unitKinOf(fresh.db, people.duty, goes.id)
  return undoUnitMerge(ctx, people.duty, mergedInto?.id ?? 0, reason)
}
const unitsOf = async ({ id }: Principal) =>
  (
    await fresh.db
      .selectFrom('user_account')
      .select('unit_ids')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).unit_ids
/** With the rights that an account has by now. */
const asNow = async (who: Principal): Promise<Principal> => {
  const [unitId = 0, ...more] = await unitsOf(who)
  return { ...who, scope: { kind: 'unit', unitId, more } }
}

describe('two units that become one', () => {
  it('have their sites, people and open rectifications together, and every history says so', async () => {
    const alert = await makeAlert(fresh.db, { site })
    const { id } = await raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
    const facts = await ctx.told(merge)
    expect(await siteRecord(ctx, people.duty, site.id)).toMatchObject({
      ...{ unit: stays.name, operators: [stays.name, '信息中心'] },
    })
    const { items } = await siteHistory(ctx, people.duty, site.id, {}, { limit: 1 })
    expect(items).toMatchObject([
      { via: 'merge', reason: '机构改革', before: { unit: goes.name }, after: { unit: stays.name } },
    ])
    expect(await unitsOf(clerk)).toEqual([stays.id, goes.id])
    expect(await unitsOf(successor)).toEqual([stays.id, goes.id])
    expect((await rectificationsById(fresh.db, [id])).get(id)?.unitId).toBe(stays.id)
    expect(facts.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['ledger.edited', 'rectification.moved', 'unit.merged', 'register.changed']),
    )
    expect(await unitKinOf(fresh.db, people.duty, stays.id)).toMatchObject({
      merged: [{ unit: { id: goes.id }, moved: { sites: 1, accounts: 2, rectifications: 1 }, mayUndo: true }],
    })
  })

  it('are of one district, neither was merged before, and only who places sites says so', async () => {
    expect((await refused(merge(people.tianhe), 'forbidden')).reason).toBe('requests.roleMayNot')
    const far = await makeUnit(fresh.db, { district: '440105' })
    const other = mergeUnits(ctx, people.duty, goes.id, { intoId: far.id, reason: '试' })
    expect((await refused(other, 'conflict')).reason).toBe('unitMerges.otherDistrict')
    await refused(mergeUnits(ctx, people.duty, goes.id, { intoId: goes.id, reason: '试' }), 'invalid')
    await merge()
    expect((await refused(merge(), 'conflict')).reason).toBe('unitMerges.mergedAlready')
  })

  it('are two again when it is taken back, but for what was changed since', async () => {
    const touched = await makeSite(fresh.db, { division: '440106', unit_id: goes.id })
    await merge()
    const elsewhere = await makeUnit(fresh.db, { district: '440106' })
    const { version } = await siteRecord(ctx, people.duty, touched.id)
    const edit = siteEdit.parse({ version, unit: elsewhere.name, reason: '划转' })
    await editSite(ctx, people.duty, touched.id, edit)
    expect(await undo()).toMatchObject({ mergedInto: null })
    expect(await siteRecord(ctx, people.duty, site.id)).toMatchObject({
      ...{ unit: goes.name, operators: [goes.name, '信息中心'] },
    })
    expect(await siteRecord(ctx, people.duty, touched.id)).toMatchObject({ unit: elsewhere.name })
    expect([await unitsOf(clerk), await unitsOf(successor)]).toEqual([[goes.id], [stays.id]])
    await refused(undo(), 'not_found')
  })

  it('take what was found since along with their sites when it is taken back', async () => {
    const raise = async (rule: 'DOWN' | 'V2') => {
      const alert = await makeAlert(fresh.db, { site, rule })
      return raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
    }
    const before = await raise('DOWN')
    await merge()
    const since = await raise('V2')
    const facts = await ctx.told(() => undo())
    const moved = facts.filter(({ kind }) => kind === 'rectification.moved')
    expect(moved).toMatchObject([
      { data: { rectification: { id: before.id, unitId: goes.id } } },
      { data: { rectification: { id: since.id, unitId: goes.id } } },
    ])
  })

  it('are the one that stays for whoever still writes the old name into the register', async () => {
    await merge()
    const other = await makeSite(fresh.db, { division: '440106', unit_id: people.unitId })
    const edit = siteEdit.parse({ version: 1, unit: goes.name, reason: '补录' })
    expect(await editSite(ctx, people.duty, other.id, edit)).toMatchObject({ unit: stays.name })
  })
})

it('a round whose unit is merged away in the middle keeps its list and says so; the successor signs for it', async () => {
  const given = newRound.parse({ kind: 'self_check', opensOn: '2026-03-09', dueOn: '2026-03-13' })
  const planned = await planRound(ctx, people.duty, given)
  const round = await openRound(ctx, people.duty, planned.id, planned)
  await merge()
  const now = await asNow(successor)
  const today = await todayOf(ctx, ctx.db)
  const { items } = await listSubmissions(ctx.db, now, { round: round.id }, { limit: 5 }, today)
  expect(items).toMatchObject([
    { unit: { id: goes.id, name: goes.name, mergedInto: { id: stays.id, name: stays.name } }, state: 'due' },
  ])
  const { items: listed } = await listRoundSites(ctx.db, now.scope, round.id, { limit: 5 })
  expect(listed).toMatchObject([{ siteId: site.id, unit: goes.name, changed: ['unit'] }])
  const [one] = items
  const said = answers.parse({ sites: [{ siteId: site.id, agrees: true, note: '' }] })
  const signed = { version: one?.version ?? 0, answers: said, signature: now.name }
  expect(await handInSubmission(ctx, now, one?.id ?? 0, signed)).toMatchObject({
    ...{ state: 'handed_in', handedIn: { by: { id: successor.id } }, unit: { id: goes.id } },
  })
})
