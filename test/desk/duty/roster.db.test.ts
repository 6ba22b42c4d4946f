import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findAlert } from '../../../server/desk/alerts/queries.ts'
import { commandAlerts } from '../../../server/desk/alerts/service.ts'
import { desksSeen, dutyDesks, handovers, shiftsBetween } from '../../../server/desk/duty/queries.ts'
import {
  addRotation,
  addShift,
  draftHandover,
  handOver,
  removeShift,
  signHandover,
  swapShift,
} from '../../../server/desk/duty/service.ts'
import { HOUR } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await fresh.db.deleteFrom('duty_shift').execute()
})

const at = (hours: number) => new Date(ctx.clock.now() + hours * HOUR).toISOString()
const put = (by: Principal, person: Principal, district: string | null, from: number, to: number) =>
  addShift(ctx, by, { district, userId: person.id, startsAt: at(from), endsAt: at(to) })
async function onDuty(district: string | null): Promise<(string | null)[]> {
  const desk = (await dutyDesks(ctx.db, new Date(ctx.clock.now()))).find((one) => one.district === district)
  return [desk?.now?.person.name ?? null, desk?.next?.person.name ?? null]
}

describe('the roster', () => {
  test('says who is on duty now and who comes next, desk by desk', async () => {
    await put(people.duty, people.duty, null, -2, 6)
    await put(people.duty, people.colleague, null, 6, 14)
    await put(people.tianhe, people.tianhe, '440106', 1, 9)
    expect(await onDuty(null)).toEqual(['王敏', '陈浩'])
    expect(await onDuty('440106')).toEqual([null, '李晓燕'])
    expect(await onDuty('440105')).toEqual([null, null])
  })

  test('is read as far as the own scope reaches, and the desk of the city by everybody', async () => {
    const seen = async (who: Principal) => {
      const districts = await desksSeen(ctx.db, who.scope)
      return districts === null ? 'all' : [...districts].sort()
    }
    expect(await seen(people.duty)).toBe('all')
    expect(await seen(people.viewer)).toBe('all')
    expect(await seen(people.tianhe)).toEqual(['440106', null])
    expect(await seen(people.owner)).toEqual(['440106', null])
  })

  test('does not count a turn that has just ended', async () => {
    await put(people.duty, people.duty, null, -8, 0)
    expect(await onDuty(null)).toEqual([null, null])
  })

  test('refuses a turn that overlaps another at the same desk, and names it', async () => {
    await put(people.duty, people.duty, null, 0, 8)
    const refusal = await refused(put(people.duty, people.colleague, null, 7, 15), 'conflict')
    expect(refusal.message).toContain('王敏')
    await put(people.duty, people.colleague, null, 8, 16)
    await put(people.tianhe, people.tianhe, '440106', 0, 8)
  })

  test('plans all of a rotation or nothing', async () => {
    const rotation = {
      district: null,
      userIds: [people.duty.id, people.colleague.id],
      from: '2026-03-11',
      to: '2026-03-12',
      handoverAt: '09:00',
      hours: 12 as const,
    }
    expect(await addRotation(ctx, people.admin, rotation)).toHaveLength(4)
    await refused(
      addRotation(ctx, people.admin, { ...rotation, from: '2026-03-12', to: '2026-03-14' }),
      'conflict',
    )
    const all = await shiftsBetween(ctx.db, new Date('2026-03-10'), new Date('2026-03-20'))
    expect(all.map((shift) => shift.person.name)).toEqual(['王敏', '陈浩', '王敏', '陈浩'])
  })

  test('takes only people who may take on the alerts there', async () => {
    await refused(put(people.duty, people.haizhu, '440106', 0, 8), 'invalid')
    await refused(put(people.duty, people.viewer, null, 0, 8), 'invalid')
    await refused(put(people.duty, people.owner, '440106', 0, 8), 'invalid')
    await put(people.duty, people.colleague, '440106', 0, 8)
  })

  test('is planned by a district for itself alone', async () => {
    await refused(put(people.tianhe, people.haizhu, '440105', 0, 8), 'forbidden')
    await refused(put(people.tianhe, people.duty, null, 0, 8), 'forbidden')
    await refused(put(people.owner, people.owner, '440106', 0, 8), 'forbidden')
    await refused(put(people.duty, people.duty, '999999', 0, 8), 'invalid')
  })

  test('lets one of two who change the same turn win', async () => {
    const shift = await put(people.duty, people.duty, null, 0, 8)
    const swapped = await swapShift(ctx, people.duty, shift.id, { version: 1, userId: people.colleague.id })
    expect(swapped).toMatchObject({ person: { name: '陈浩' }, version: 2 })
    await refused(swapShift(ctx, people.admin, shift.id, { version: 1, userId: people.admin.id }), 'conflict')
    await refused(removeShift(ctx, people.admin, shift.id, 1), 'conflict')
    await removeShift(ctx, people.admin, shift.id, 2)
    await refused(removeShift(ctx, people.admin, shift.id, 2), 'not_found')
  })

  test('passes over somebody whose account was closed', async () => {
    await put(people.duty, people.colleague, null, -1, 7)
    await fresh.db
      .updateTable('user_account')
      .set({ disabled_at: new Date(ctx.clock.now()) })
      .where('id', '=', people.colleague.id)
      .execute()
    expect(await onDuty(null)).toEqual([null, null])
    await fresh.db
      .updateTable('user_account')
      .set({ disabled_at: null })
      .where('id', '=', people.colleague.id)
      .execute()
  })
})

test('what one turn leaves to the next is kept, newest first', async () => {
  await handOver(ctx, people.duty, { district: null, text: '番禺两家还没恢复' })
  await handOver(ctx, people.tianhe, { district: '440106', text: '石牌街道已电话通知' })
  await refused(handOver(ctx, people.haizhu, { district: '440106', text: '…' }), 'forbidden')
  expect(await handovers(ctx.db, people.duty.scope, 10)).toMatchObject([
    { district: '440106', author: { name: '李晓燕' }, text: '石牌街道已电话通知' },
    { district: null, author: { name: '王敏' }, text: '番禺两家还没恢复' },
  ])
  const seenBy = async (user: Principal) =>
    (await handovers(ctx.db, user.scope, 10)).map((note) => note.district)
  expect(await seenBy(people.tianhe)).toEqual(['440106'])
  expect(await seenBy(people.haizhu)).toEqual([])
  expect(await seenBy(people.owner)).toEqual([])
})

describe('handing over', () => {
  test('brings what is open, running out and silenced at the desk, without a word being typed', async () => {
    const tianhe = await makeSite(ctx.db, { unit_id: people.unitId, name: '石牌街道' })
    const haizhu = await makeSite(ctx.db, { district: '440105', name: '海珠政务' })
    const severe = await makeAlert(ctx.db, { site: tianhe, severity: 'critical' })
    await makeAlert(ctx.db, { site: haizhu, rule: 'V2' })
    await makeAlert(ctx.db, {
      site: tianhe,
      rule: 'CERT',
      status: 'acknowledged',
      acknowledged_by: people.tianhe.id,
      acknowledged_at: new Date(at(-1)),
      acknowledged_until: new Date(at(3)),
    })
    await makeAlert(ctx.db, { site: tianhe, rule: 'LINKS', silenced_until: new Date(at(48)) })
    const own = await draftHandover(ctx, people.tianhe, '440106')
    expect(own.open).toMatchObject({ total: 1, lines: [{ id: severe.id, name: '石牌街道', who: null }] })
    expect(own.runningOut.lines).toMatchObject([{ rules: ['CERT'], who: '李晓燕', at: at(3) }])
    expect(own.silenced.lines).toMatchObject([{ rules: ['LINKS'], at: at(48) }])
    expect((await draftHandover(ctx, people.duty, null)).open.total, 'the city sees all').toBe(2)
    await refused(draftHandover(ctx, people.haizhu, '440106'), 'forbidden')
    expect(await handOver(ctx, people.tianhe, { district: '440106', text: '' })).toMatchObject({
      summary: own,
    })
  })

  test('ends with the signature of who takes over: once, and not by who handed over', async () => {
    const { id } = await handOver(ctx, people.duty, { district: null, text: '夜间安静' })
    await refused(signHandover(ctx, people.duty, id), 'forbidden')
    await refused(signHandover(ctx, people.tianhe, id), 'forbidden')
    expect(await signHandover(ctx, people.colleague, id)).toMatchObject({ signedBy: { name: '陈浩' } })
    const again = await refused(signHandover(ctx, people.colleague, id), 'conflict')
    expect(again.current).toMatchObject({ signedBy: { name: '陈浩' } })
  })
})

describe('alerts given to whoever is on duty', () => {
  async function openAlerts() {
    const tianhe = await makeSite(ctx.db, { unit_id: people.unitId })
    const haizhu = await makeSite(ctx.db, { district: '440105' })
    const made = [await makeAlert(ctx.db, { site: tianhe }), await makeAlert(ctx.db, { site: haizhu })]
    return made.map(({ id }) => ({ id, version: 1 }))
  }
  const assigneeOf = async (id: number) => (await findAlert(ctx.db, { kind: 'city' }, id))?.assignee?.name

  test('go to the district’s own, and where nobody is, to the city’s', async () => {
    const items = await openAlerts()
    await put(people.tianhe, people.tianhe, '440106', -1, 7)
    await put(people.duty, people.colleague, null, -1, 7)
    await commandAlerts(ctx, people.duty, items, { action: 'assign', toDuty: true })
    expect(await Promise.all(items.map(({ id }) => assigneeOf(id)))).toEqual(['李晓燕', '陈浩'])
  })

  test('do not go to somebody who has moved to another district since', async () => {
    const items = await openAlerts()
    await put(people.tianhe, people.tianhe, '440106', -1, 7)
    await put(people.duty, people.colleague, null, -1, 7)
    const move = (district: string) =>
      fresh.db.updateTable('user_account').set({ district }).where('id', '=', people.tianhe.id).execute()
    await move('440105')
    expect(await onDuty('440106')).toEqual([null, null])
    await commandAlerts(ctx, people.duty, items, { action: 'assign', toDuty: true })
    expect(await Promise.all(items.map(({ id }) => assigneeOf(id)))).toEqual(['陈浩', '陈浩'])
    await move('440106')
  })

  test('are refused one by one where nobody is on duty at all', async () => {
    const items = await openAlerts()
    await put(people.tianhe, people.tianhe, '440106', -1, 7)
    const outcomes = await commandAlerts(ctx, people.duty, items, { action: 'assign', toDuty: true })
    expect(outcomes.map((outcome) => 'alert' in outcome)).toEqual([true, false])
    expect(outcomes[1]).toMatchObject({ refusal: { code: 'invalid' } })
  })
})
