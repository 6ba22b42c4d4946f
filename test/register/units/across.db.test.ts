import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rectificationsById } from '../../../server/desk/rectifications/queries.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { managedBy } from '../../../server/people/accounts/manage.ts'
import { importRegister, type RegisterRow } from '../../../server/register/import/import.ts'
import { unitKinOf } from '../../../server/register/units/merges/queries.ts'
import { mergeUnits, undoUnitMerge } from '../../../server/register/units/merges/service.ts'
import { unitDetail } from '../../../server/register/units/queries.ts'
import { setContacts } from '../../../server/register/units/service.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeAlert, makeSite, makeUnit } from '../../support/make.ts'
import { addUser, makePeople, type People } from '../../support/people.ts'

const [OLD, NEW] = ['440105', '440106']

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let office: string
let goes: number
let site: MadeSite
let clerk: Principal
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
  office = `教育局${serial}`
  goes = (await makeUnit(fresh.db, { name: office, district: OLD })).id
  site = await makeSite(fresh.db, {
    district: OLD,
    division: OLD,
    unit_id: goes,
    level: 'district_department',
  })
  const given = { username: `clerk${serial}`, name: '林丹', role: 'unit' as const, password_hash: '' }
  clerk = await addUser(fresh.db, given, { kind: 'unit', unitId: goes })
})

const rowIn = (district: string, of: MadeSite = site): RegisterRow => ({
  ...{
    code: of.code,
    name: of.name,
    url: of.url,
    level: 'district_department',
    district,
    division: district,
  },
  ...{ unit: office, platform: null, intervalS: null },
})
/** The register has the district's sites in the other one. @returns the unit that the site is of by now */
async function moveSite(): Promise<number> {
  await importRegister(ctx, [rowIn(NEW)])
  return unitOf(site)
}
const unitOf = async ({ id }: MadeSite) =>
  (await fresh.db.selectFrom('site').select('unit_id').where('id', '=', id).executeTakeFirstOrThrow()).unit_id
const merge = (stays: number) => mergeUnits(ctx, people.duty, goes, { intoId: stays, reason: '区划撤并' })
const unitsOfClerk = async () =>
  (
    await fresh.db
      .selectFrom('user_account')
      .select('unit_ids')
      .where('id', '=', clerk.id)
      .executeTakeFirstOrThrow()
  ).unit_ids

describe('an office whose district went into another', () => {
  it('is one with that which its sites went to: its people, what they are told of and what is open go over, and come back', async () => {
    const channel = await fresh.db
      .selectFrom('notification_channel')
      .select('id')
      .where('kind', '=', 'inbox')
      .executeTakeFirstOrThrow()
    await fresh.db
      .insertInto('notification_subscription')
      .values({
        ...{ user_id: clerk.id, district: null, channel_id: channel.id, address: '' },
        ...{ scope: JSON.stringify(clerk.scope), severities: '[]', rules: '[]', events: '[]', quiet: null },
        ...{ break_through: false, language: 'zh', timings: '{}', since_seq: 0 },
      })
      .execute()
    const alert = await makeAlert(fresh.db, { site, assigned_unit_id: goes })
    const { id } = await raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
    const stays = await moveSite()
    expect(stays).not.toBe(goes)
    await merge(stays)
    expect(await unitsOfClerk()).toEqual([stays, goes])
    expect((await rectificationsById(fresh.db, [id])).get(id)?.unitId).toBe(stays)
    const told = await fresh.db
      .selectFrom('notification_subscription')
      .select('scope')
      .where('user_id', '=', clerk.id)
      .executeTakeFirstOrThrow()
    expect(told.scope).toMatchObject({ kind: 'unit', unitId: stays, more: [goes] })
    const assigned = await fresh.db
      .selectFrom('alert')
      .select('assigned_unit_id')
      .where('id', '=', alert.id)
      .executeTakeFirst()
    expect(assigned).toEqual({ assigned_unit_id: stays })

    const { mergedInto } = await unitKinOf(fresh.db, people.duty, goes)
    await undoUnitMerge(ctx, people.duty, mergedInto?.id ?? 0, '弄错了')
    expect(await unitsOfClerk()).toEqual([goes])
    expect((await rectificationsById(fresh.db, [id])).get(id)?.unitId).toBe(goes)
    expect(await unitOf(site), 'where a site belongs is said by the register').toBe(stays)
  })

  it('has people whom the office of the district manages that they act for now, and no other', async () => {
    const [before, after] = await Promise.all(
      [OLD, NEW].map((district, at) =>
        addUser(
          fresh.db,
          { username: `office${serial}${at}`, name: '区办', role: 'district', password_hash: '' },
          { kind: 'district', district },
        ),
      ),
    )
    const manages = async (by: Principal | undefined) => {
      const row = await fresh.db
        .selectFrom('user_account as u')
        .select(managedBy(by ?? clerk, 'u').as('managed'))
        .where('u.id', '=', clerk.id)
        .executeTakeFirst()
      return row?.managed
    }
    expect([await manages(before), await manages(after)]).toEqual([true, false])
    await merge(await moveSite())
    expect([await manages(before), await manages(after)]).toEqual([false, true])
  })

  it('is named on the sites that it has now by the name of the other, and on nobody else’s', async () => {
    const stays = await makeUnit(fresh.db, { name: `教育体育局${serial}`, district: NEW })
    const profile = JSON.stringify({ operators: [office] })
    const others = await makeSite(fresh.db, { district: OLD, division: OLD, level: 'district_department' })
    await importRegister(ctx, [{ ...rowIn(NEW), unit: stays.name }])
    await fresh.db.updateTable('site').set({ profile }).where('id', 'in', [site.id, others.id]).execute()
    await merge(stays.id)
    const namedOn = async ({ id }: MadeSite) =>
      (await fresh.db.selectFrom('site').select('profile').where('id', '=', id).executeTakeFirstOrThrow())
        .profile
    expect(await namedOn(site)).toMatchObject({ operators: [stays.name] })
    expect(await namedOn(others)).toMatchObject({ operators: [office] })
  })

  it('lends its contacts to one that has none, until that says its own or the merge is taken back', async () => {
    const ring = (name: string) => ({
      kind: 'duty' as const,
      name,
      post: '',
      phone: '',
      mobile: '13800000000',
      mail: '',
    })
    const contactsOf = async (unit: number) => (await unitDetail(fresh.db, people.duty, unit)).contacts
    const say = async (unit: number, name: string) => {
      const { contactsVersion: version } = await unitDetail(fresh.db, people.duty, unit)
      await setContacts(ctx, people.admin, unit, { version, contacts: [ring(name)] })
    }
    const undo = async () => {
      const { mergedInto } = await unitKinOf(fresh.db, people.duty, goes)
      await undoUnitMerge(ctx, people.duty, mergedInto?.id ?? 0, '弄错了')
    }
    await say(goes, '林丹')
    const stays = await moveSite()
    await merge(stays)
    expect(await contactsOf(stays)).toMatchObject([ring('林丹')])
    await undo()
    expect([await contactsOf(stays), await contactsOf(goes)]).toMatchObject([[], [ring('林丹')]])
    await merge(stays)
    await say(stays, '张宁')
    await undo()
    expect(await contactsOf(stays), 'what was said since stays').toMatchObject([ring('张宁')])
    await merge(stays)
    expect(await contactsOf(stays), 'they are its own').toMatchObject([ring('张宁')])
  })

  it('is not merged into one of another district while it has sites; one that is closed stays with it', async () => {
    const stays = await makeUnit(fresh.db, { name: office, district: NEW })
    const over = { lifecycle: 'closed' as const, pause_reason: '名录更新：网站已关停' }
    const closed = await makeSite(fresh.db, { district: OLD, division: OLD, unit_id: goes, ...over })
    expect((await refused(merge(stays.id), 'conflict')).reason).toBe('unitMerges.otherDistrict')
    expect(await moveSite()).toBe(stays.id)
    await merge(stays.id)
    expect([await unitOf(closed), await unitOf(site)]).toEqual([goes, stays.id])
    const there = await fresh.db
      .selectFrom('unit')
      .select('id')
      .where('name', '=', office)
      .where('district', '=', OLD)
      .execute()
    expect(there).toEqual([{ id: goes }])
  })

  it('is meant itself by a file that still has a site of it in the old district: no site is of a unit elsewhere', async () => {
    await merge(await moveSite())
    await importRegister(ctx, [
      rowIn(OLD),
      { ...rowIn(OLD), code: `${OLD}98${serial}0`, url: `http://n${serial}.localhost/` },
    ])
    const sites = await fresh.db
      .selectFrom('site')
      .innerJoin('unit', 'unit.id', 'site.unit_id')
      .select(['unit.id', 'unit.district', 'site.district as of'])
      .where('unit.name', '=', office)
      .execute()
    expect(sites).toEqual([
      { id: goes, district: OLD, of: OLD },
      { id: goes, district: OLD, of: OLD },
    ])
  })
})
