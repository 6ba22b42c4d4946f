import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureDefaultSubscriptions } from '../../../server/desk/notifications/defaults.ts'
import { waitingFor } from '../../../server/desk/notifications/delivery/waiting.ts'
import { listInbox, listSubscriptions } from '../../../server/desk/notifications/queries.ts'
import { deleteSubscription } from '../../../server/desk/notifications/subscriptions.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import {
  createUser,
  disableUser,
  editUser,
  enableUser,
  resetPassword,
} from '../../../server/people/accounts/accounts.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { TestContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { contextOf, fallen, tools } from './setup.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = contextOf(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

const own = async (who: Principal) =>
  (await listSubscriptions(ctx.db, who)).filter(
    ({ owner }) => owner.kind === 'person' && owner.userId === who.id,
  )

describe('what people are told without having asked', () => {
  it('those who were there before get the subscriptions of their role, those who look on none', async () => {
    await ensureDefaultSubscriptions(ctx)
    const [unit] = await own(people.owner)
    expect(unit).toMatchObject({ scope: people.owner.scope, severities: ['critical', 'major', 'minor'] })
    expect((await own(people.tianhe))[0]).toMatchObject({ scope: people.tianhe.scope })
    expect((await own(people.admin))[0]).toMatchObject({ severities: ['critical'] })
    expect(await own(people.viewer)).toEqual([])
  })

  it('who removes it does not find it there again', async () => {
    const [subscription] = await own(people.owner)
    await deleteSubscription(ctx, people.owner, subscription?.id ?? 0)
    await ensureDefaultSubscriptions(ctx)
    expect(await own(people.owner)).toEqual([])
    expect(await own(people.tianhe)).toHaveLength(1)
  })

  it('a new account has it from the first moment, and it follows when the account moves', async () => {
    const given = { username: 'newcomer', name: '新人', role: 'district' as const, district: '440105' }
    const { user } = await createUser(ctx, people.admin, given)
    expect((await own(user))[0]).toMatchObject({ scope: { kind: 'district', district: '440105' } })
    const moved = await editUser(ctx, people.admin, user.id, {
      name: '新人',
      role: 'district',
      district: '440106',
      moreDistricts: ['440104'],
    })
    expect((await own(moved))[0]?.scope).toEqual({ kind: 'district', district: '440106', more: ['440104'] })
  })
})

describe('whoever moves, or comes back', () => {
  /** Each story begins with nothing open. */
  beforeEach(async () => {
    await ctx.db.updateTable('alert').set({ status: 'resolved', resolved_at: new Date() }).execute()
  })
  const TIANHE = { name: '调动', role: 'district' as const, district: '440106' }
  const HAIZHU = { ...TIANHE, district: '440105' }
  const account = async (username: string, given: Parameters<typeof editUser>[3]) =>
    (await createUser(ctx, people.admin, { username, ...given })).user
  const fall = async (district: string) => (await fallen(ctx, tools(ctx, people), 1, district))[0] ?? 0
  const pass = (ms: number) => tools(ctx, people).pass(ms)
  /** What the inbox has of it since somebody last looked. */
  async function heard({ id }: { id: number }): Promise<string[]> {
    const { items } = await listInbox(ctx.db, id, { limit: 10 })
    await ctx.db.deleteFrom('notification_delivery').where('user_id', '=', id).execute()
    return items.flatMap(({ notice }) => notice.lines.map(({ change, path }) => `${change} ${path}`)).sort()
  }

  it('an officer who goes to another district is told of what is open there, and of the old one no more', async () => {
    const officer = await account('mover', TIANHE)
    const [old, next] = [await fall('440106'), await fall('440105')]
    await pass(MINUTE)
    expect(await heard(officer)).toEqual([`opened /alerts/${old}`])
    await editUser(ctx, people.admin, officer.id, HAIZHU)
    await pass(MINUTE)
    expect(await heard(officer)).toEqual([`opened /alerts/${next}`])
    await pass(5 * HOUR)
    expect(await heard(officer)).toEqual([`firing /alerts/${next}`])
  })

  it('one of the working group who gets a district keeps what was told of it, and hears of no other', async () => {
    const officer = await account('demoted', { name: '调动', role: 'workgroup' })
    const [own, other] = [await fall('440106'), await fall('440105')]
    await pass(MINUTE)
    expect(await heard(officer)).toEqual([`opened /alerts/${own}`, `opened /alerts/${other}`])
    await editUser(ctx, people.admin, officer.id, TIANHE)
    await pass(5 * HOUR)
    expect(await heard(officer)).toEqual([`firing /alerts/${own}`])
  })

  it('a place that somebody sees no more is not told of, whoever took it from them', async () => {
    const officer = await account('elsewhere', TIANHE)
    const old = await fall('440106')
    await pass(MINUTE)
    expect(await heard(officer)).toEqual([`opened /alerts/${old}`])
    // As a process of the version before does it, beside this one.
    await ctx.db
      .updateTable('user_account')
      .set({ district: '440105' })
      .where('id', '=', officer.id)
      .execute()
    await pass(5 * HOUR)
    expect(await heard(officer)).toEqual([])
  })

  it.each([
    ['let in again', enableUser],
    ['given a new password', resetPassword],
  ] as const)(
    'who was disabled and is %s hears of what opened and what was over meanwhile',
    async (how, act) => {
      const officer = await account(act.name.toLowerCase(), TIANHE)
      const over = await fall('440106')
      await pass(MINUTE)
      expect(await heard(officer)).toEqual([`opened /alerts/${over}`])
      await disableUser(ctx, people.admin, officer.id)
      const opened = await fall('440106')
      const at = new Date(ctx.clock.now())
      await ctx.db
        .updateTable('alert')
        .set({ status: 'resolved', resolved_at: at })
        .where('id', '=', over)
        .execute()
      await tools(ctx, people).tell('alert.resolved', [over])
      await pass(HOUR)
      expect(await heard(officer), how).toEqual([])
      await act(ctx, people.admin, officer.id)
      await pass(10 * MINUTE)
      expect(await heard(officer)).toEqual([`opened /alerts/${opened}`, `resolved /alerts/${over}`])
    },
  )
})

describe('the badge', () => {
  it('counts what waits for the person: untaken alerts, rectifications, unread notices', async () => {
    const site = await makeSite(ctx.db, { unit_id: people.unitId })
    const none = await waitingFor(ctx.db, people.owner, ctx.clock.now())
    expect(none).toEqual({ alerts: 0, rectifications: 0, requests: 0, pauses: 0, notices: 0 })
    const alert = await makeAlert(ctx.db, { site })
    await raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
    await tools(ctx, people).pass(0)
    const some = await waitingFor(ctx.db, people.owner, ctx.clock.now())
    expect(some).toEqual({ alerts: 1, rectifications: 1, requests: 0, pauses: 0, notices: 1 })
    expect(await waitingFor(ctx.db, people.haizhu, ctx.clock.now())).toMatchObject({
      alerts: 0,
      rectifications: 0,
    })
  })
})
