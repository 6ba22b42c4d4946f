import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { listInbox } from '../../../server/desk/notifications/queries.ts'
import { createSubscription } from '../../../server/desk/notifications/subscriptions.ts'
import { factOf } from '../../../server/desk/rectifications/facts.ts'
import { rectificationsById } from '../../../server/desk/rectifications/queries.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { setProfile } from '../../../server/people/accounts/profile.ts'
import { setContacts } from '../../../server/register/units/service.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { RECTIFICATION_FACTS, type RectificationFactKind } from '../../../shared/desk/rectifications/facts.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { type Principal, scopeOver, type User } from '../../../shared/people/rights/rights.ts'
import type { TestContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeAlert, makeSite, makeUnit } from '../../support/make.ts'
import { addUser, makePeople, type People } from '../../support/people.ts'
import { contextOf, tools } from './setup.ts'

/* A unit hears of its rectifications whatever is done to them, or somebody hears that it cannot. */

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let act: ReturnType<typeof tools>
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = contextOf(fresh)
  people = await makePeople(fresh.db)
  act = tools(ctx, people)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await ctx.db.deleteFrom('notification_delivery').execute()
})

async function raise(unitId: number, more: { assigneeId?: number } = {}): Promise<Rectification> {
  const site = await makeSite(ctx.db, { unit_id: unitId })
  const alert = await makeAlert(ctx.db, { site })
  const rectification = await raiseRectification(ctx, people.duty, {
    alertIds: [alert.id],
    dueWorkdays: 10,
    ...more,
  })
  await act.pass(0)
  return rectification
}
const titles = async (who: { id: number }) =>
  (await listInbox(ctx.db, who.id, { limit: 50 })).items.map(({ notice }) => notice.title)

/** Tells a fact of a rectification as if somebody had done it. */
async function tell(
  kind: RectificationFactKind,
  rectification: Rectification,
  by: Principal | null,
  text: string | null,
) {
  await ctx.db.transaction().execute(async (tx) => {
    const now = (await rectificationsById(tx, [rectification.id])).get(rectification.id)
    await appendFacts(tx, [factOf(kind, now ?? rectification, by, text, ctx.clock.now())])
  })
  await act.pass(0)
}

describe('a unit that can sign in', () => {
  it('is told of a rectification that is raised without a person', async () => {
    const rectification = await raise(people.unitId)
    expect(await titles(people.owner)).toEqual(['王敏 向贵单位发起了整改'])
    const [message] = (await listInbox(ctx.db, people.owner.id, { limit: 1 })).items
    expect(message?.notice.lines[0]).toMatchObject({ path: `/rectifications/${rectification.id}` })
  })

  it('whose person was given the rectification at once is told so personally, once', async () => {
    await raise(people.unitId, { assigneeId: people.owner.id })
    expect(await titles(people.owner)).toEqual(['王敏 把整改交给您办理'])
  })

  it.each(RECTIFICATION_FACTS.filter((kind) => kind !== 'rectification.verifying'))(
    'is told of %s',
    async (kind) => {
      const rectification = await raise(people.unitId)
      await ctx.db.deleteFrom('notification_delivery').execute()
      await tell(kind, rectification, people.duty, '请尽快')
      expect((await titles(people.owner))[0]).toMatch(/整改.*请尽快|请尽快/)
    },
  )

  it('is told of a kind that nobody had in mind, in general words', async () => {
    const rectification = await raise(people.unitId)
    await ctx.db.deleteFrom('notification_delivery').execute()
    const kind = 'rectification.somethingNew' as RectificationFactKind
    await tell(kind, rectification, people.duty, '新的')
    expect(await titles(people.owner)).toEqual(['王敏 更新了整改：新的'])
  })

  it('is not told of what it did itself, while its colleagues are', async () => {
    const hash = { password_hash: 'none' }
    const second = await addUser(
      ctx.db,
      { username: 'second', name: '钱莉', role: 'unit', ...hash },
      scopeOver([], [(await makeUnit(ctx.db)).id, people.unitId]),
    )
    const rectification = await raise(people.unitId)
    await ctx.db.deleteFrom('notification_delivery').execute()
    await takeStep(
      ctx,
      people.owner,
      { id: rectification.id, version: rectification.version },
      { step: 'accept' },
    )
    await act.pass(0)
    expect(await titles(people.owner)).toEqual([])
    expect(await titles(second)).toEqual(['张磊 受理了整改'])
  })

  it('is told of many rectifications that were raised together in one notice', async () => {
    const rectifications = [
      await raise(people.unitId),
      await raise(people.unitId),
      await raise(people.unitId),
    ]
    await ctx.db.deleteFrom('notification_delivery').execute()
    await ctx.db.transaction().execute((tx) =>
      appendFacts(
        tx,
        rectifications.map((rectification) =>
          factOf('rectification.overdue', rectification, null, null, ctx.clock.now()),
        ),
      ),
    )
    await act.pass(0)
    expect(await titles(people.owner)).toEqual(['系统提醒：整改已逾期（3 项）'])
    expect((await listInbox(ctx.db, people.owner.id, { limit: 1 })).items[0]?.notice.lines).toHaveLength(3)
  })

  it('hears of it once, though it subscribed to the very event', async () => {
    const rectification = await raise(people.unitId)
    await createSubscription(ctx, people.owner, {
      ...(await subscription(people.owner)),
      scope: people.owner.scope,
    })
    await ctx.db.deleteFrom('notification_delivery').execute()
    await tell('rectification.overdue', rectification, null, null)
    await act.pass(30 * MINUTE)
    expect(
      (await titles(people.owner)).filter((title) => title.includes('逾期') || title.includes('整改')),
    ).toEqual(['系统提醒：整改已逾期'])
    await ctx.db.deleteFrom('notification_subscription').execute()
  })

  it('reads in the language of its account', async () => {
    const asUser = { ...people.owner, username: 'owner' } as unknown as User
    await setProfile(ctx, asUser, { phone: '', mobile: '', mail: '', language: 'en' })
    await raise(people.unitId)
    expect((await titles(people.owner))[0]).toBe('王敏 raised a rectification for your unit')
    await setProfile(ctx, asUser, { phone: '', mobile: '', mail: '', language: 'zh' })
  })
})

async function subscription(of: Principal) {
  return {
    owner: { kind: 'person' as const, userId: of.id },
    channelId: await act.inbox(),
    address: '',
    severities: ['critical' as const],
    rules: ['DOWN' as const],
    events: ['rectification.overdue' as const, 'rectification.returned' as const],
    quiet: null,
    breakThrough: false,
    language: 'zh' as const,
    timings: { groupWaitS: 0, groupIntervalS: 60, repeatIntervalS: 3600 },
  }
}

describe('a unit that nobody can sign in for', () => {
  it('has its district told to ring, and whom', async () => {
    const unit = await makeUnit(ctx.db, { name: '天河区没有账号的单位' })
    await setContacts(ctx, people.admin, unit.id, {
      version: 0,
      contacts: [
        { kind: 'contact', name: '孙丽', post: '科员', phone: '020-00000123', mobile: '', mail: '' },
      ],
    })
    await raise(unit.id)
    const [title = ''] = await titles(people.tianhe)
    expect(title).toContain('天河区没有账号的单位没有可登录的账号')
    expect(title).toContain('孙丽 020-00000123')
    expect(await titles(people.haizhu)).toEqual([])
  })

  it('has its district told to ring when one is handed over to it', async () => {
    const unit = await makeUnit(ctx.db, { name: '天河区接手的单位' })
    const rectification = await raise(unit.id)
    await ctx.db.deleteFrom('notification_delivery').execute()
    await tell('rectification.moved', rectification, people.duty, '机构改革')
    expect((await titles(people.tianhe))[0]).toContain('天河区接手的单位没有可登录的账号')
  })

  it('gets mail at its contacts where there is a mail channel', async () => {
    const unit = await makeUnit(ctx.db)
    const contact = {
      kind: 'contact',
      name: '孙丽',
      post: '',
      phone: '',
      mobile: '',
      mail: 'sun@unit.example',
    } as const
    await setContacts(ctx, people.admin, unit.id, { version: 0, contacts: [contact] })
    const { id } = await act.channel({
      kind: 'email',
      mail: { host: '127.0.0.1', port: 2525, security: 'none', user: '', from: 'siteward@gz.example' },
    })
    await raise(unit.id)
    const [mail] = await act.deliveries(id)
    expect(mail).toMatchObject({ address: 'sun@unit.example', recipient: null })
    expect(mail?.notice.title).toBe('王敏 向贵单位发起了整改')
  })

  it('without an office to its district, has the working group told', async () => {
    const unit = await makeUnit(ctx.db, { district: '440117' })
    const site = await makeSite(ctx.db, { unit_id: unit.id, district: '440117' })
    const alert = await makeAlert(ctx.db, { site })
    await raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
    await act.pass(0)
    expect((await titles(people.colleague))[0]).toContain('未登记联系人')
  })
})
