import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDefaultSubscriptions } from '../../../server/desk/notifications/defaults.ts'
import { waitingFor } from '../../../server/desk/notifications/delivery/waiting.ts'
import { listSubscriptions } from '../../../server/desk/notifications/queries.ts'
import { deleteSubscription } from '../../../server/desk/notifications/subscriptions.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { createUser, editUser } from '../../../server/people/accounts/accounts.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { TestContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { contextOf, tools } from './setup.ts'

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
