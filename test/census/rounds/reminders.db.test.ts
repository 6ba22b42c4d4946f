import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openRound } from '../../../server/census/rounds/open.ts'
import { remind } from '../../../server/census/rounds/reminders/remind.ts'
import { assignReviews } from '../../../server/census/rounds/reviews/assign.ts'
import { planRound, requireRound, voidRound } from '../../../server/census/rounds/service.ts'
import { createChannel } from '../../../server/desk/notifications/channels/channels.ts'
import { setContacts } from '../../../server/register/units/service.ts'
import { timeOn } from '../../../shared/base/time.ts'
import { newRound, type Round } from '../../../shared/census/rounds/rounds.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite, makeUnit } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  await makeSite(fresh.db, { unit_id: people.unitId })
  await fresh.db
    .updateTable('user_account')
    .set({ language: 'en' })
    .where('username', '=', 'haizhu')
    .execute()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  ctx.clock.set(TUESDAY)
  await fresh.db.deleteFrom('notification_delivery').execute()
})

const at = (day: string, time = '09:00') => ctx.clock.set(new Date(timeOn(day, time)).toISOString())
async function opened(given: object): Promise<Round> {
  const planned = await planRound(ctx, people.duty, newRound.parse({ opensOn: '2026-03-10', ...given }))
  return openRound(ctx, people.duty, planned.id, planned)
}
const end = async ({ id }: Round) => {
  const { version } = await requireRound(ctx, ctx.db, people.duty, id)
  await voidRound(ctx, people.duty, id, { version, reason: '测试完毕' })
}
/** What was told since the last time, by whom it was told. */
async function told(): Promise<Record<string, string[]>> {
  const rows = await fresh.db
    .selectFrom('notification_delivery as d')
    .innerJoin('user_account as u', 'u.id', 'd.user_id')
    .select(['u.username', 'd.notice'])
    .orderBy('d.id')
    .execute()
  await fresh.db.deleteFrom('notification_delivery').execute()
  const all: Record<string, string[]> = {}
  for (const { username, notice } of rows) all[username] = [...(all[username] ?? []), notice.title]
  return all
}

it('a self-check is reminded of the working day before, on its day, and once when it is overdue', async () => {
  // Due on a Monday: the working day before is Friday.
  const round = await opened({ kind: 'self_check', dueOn: '2026-03-16' })
  at('2026-03-12')
  await remind(ctx)
  expect(await told(), 'not yet').toEqual({})
  at('2026-03-13', '07:59')
  await remind(ctx)
  expect(await told(), 'nobody is at work yet').toEqual({})
  at('2026-03-13', '08:00')
  await Promise.all([remind(ctx), remind(ctx)])
  expect(await told()).toEqual({ owner: ['提醒：每周自查将于 2026-03-16 截止'] })
  at('2026-03-14')
  await remind(ctx)
  expect(await told(), 'Saturday').toEqual({})
  at('2026-03-16')
  await remind(ctx)
  await remind(ctx)
  expect(await told()).toEqual({ owner: ['提醒：每周自查今天（2026-03-16）截止'] })
  for (const day of ['2026-03-17', '2026-03-18']) {
    at(day)
    await remind(ctx)
  }
  expect(await told()).toEqual({
    owner: ['逾期：每周自查应于 2026-03-16 前完成'],
    tianhe: ['逾期未报：每周自查，应于 2026-03-16 前报送'],
  })
  await end(round)
  at('2026-03-19')
  await remind(ctx)
  expect(await told()).toEqual({})
})

it('what was due long ago and never handed in is not reminded of, though its round was never closed', async () => {
  const round = await opened({ kind: 'self_check', dueOn: '2026-03-11' })
  at('2026-03-19')
  await remind(ctx)
  expect(await told(), 'six working days later').toEqual({})
  at('2026-03-18')
  await remind(ctx)
  expect(Object.keys(await told()), 'five').toEqual(['owner', 'tianhe'])
  await end(round)
})

it('reviewers hear of all that they have still to look at in one notice, in their language', async () => {
  const sample = { share: 1, seed: '3200.11', second: 0 }
  const round = await opened({ kind: 'spot', dueOn: '2026-03-11', sample })
  await assignReviews(ctx, people.duty, round.id, { version: round.version, reviewers: [people.haizhu.id] })
  await remind(ctx)
  expect(await told()).toEqual({ haizhu: ['Reminder: a spot check is due on 2026-03-11'] })
  await end(round)
})

it('a zero report is reminded of when it can be signed, at its hour and when it is missing; gaps of the roster before it begins', async () => {
  const guard = { name: '两会保障', from: '2026-03-13', to: '2026-03-13', hours: ['17:00'], graceMin: 30 }
  const round = await opened({ kind: 'guard', dueOn: '2026-03-12', guard })
  at('2026-03-11')
  await remind(ctx)
  const { duty, tianhe } = await told()
  expect(tianhe).toEqual(['提醒：两会保障 2026-03-13 开始，值班表还有空缺'])
  expect(duty).toEqual(tianhe)
  await fresh.db.updateTable('census_submission').set({ state: 'accepted' }).execute()
  for (const time of ['15:59', '16:00', '16:30', '17:00', '17:30', '17:31', '18:00']) {
    at('2026-03-13', time)
    await remind(ctx)
  }
  const all = await told()
  expect(all.tianhe?.filter((title) => title.includes('零报告'))).toEqual([
    '提醒：03-13 17:00 的零报告可以签报了',
    '提醒：03-13 17:00 的零报告已到时间',
    '零报告未报：03-13 17:00',
  ])
  expect(all.duty?.filter((title) => title.includes('零报告'))).toEqual(['零报告未报：03-13 17:00'])
  await end(round)
})

it('where nobody can sign in a zero report is reminded of all the same: a department by mail, of a district the working group', async () => {
  const office = await makeUnit(fresh.db, { district: '4401-dept' })
  const contact = { kind: 'contact' as const, name: '孙丽', post: '', phone: '', mobile: '' }
  await setContacts(ctx, people.admin, office.id, {
    ...{ version: 0, contacts: [{ ...contact, mail: 'sun@unit.example' }] },
  })
  await createChannel(ctx, people.admin, {
    ...{ kind: 'email', name: '邮件', hourlyCap: 60 },
    mail: { host: '127.0.0.1', port: 2525, security: 'none', user: '', from: 'siteward@gz.example' },
  })
  const sites = [
    await makeSite(fresh.db, { unit_id: office.id, district: '4401-dept' }),
    await makeSite(fresh.db, { district: '440117' }),
  ]
  const guard = {
    ...{ name: '专项保障', from: '2026-03-13', to: '2026-03-13', hours: ['05:00'], graceMin: 30 },
    siteIds: sites.map(({ id }) => id),
  }
  const round = await opened({ kind: 'guard', dueOn: '2026-03-12', guard })
  at('2026-03-13', '05:00')
  await remind(ctx)
  const mails = await fresh.db
    .selectFrom('notification_delivery')
    .select(['address', 'notice'])
    .where('user_id', 'is', null)
    .execute()
  expect(mails).toMatchObject([
    { address: 'sun@unit.example', notice: { title: '提醒：03-13 05:00 的零报告已到时间' } },
  ])
  const { duty, tianhe } = await told()
  expect(duty).toEqual(['提醒：03-13 05:00 的零报告已到时间'])
  expect(tianhe).toBeUndefined()
  await end(round)
})
