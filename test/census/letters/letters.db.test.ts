import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { letterOf } from '../../../server/census/letters/service.ts'
import { remind } from '../../../server/census/rounds/reminders/remind.ts'
import { loadYear } from '../../../server/register/workdays/service.ts'
import { DAY } from '../../../shared/base/time.ts'
import { letterStepInput, newLetter } from '../../../shared/census/letters/letters.ts'
import { YEAR_2027 } from '../../register/workdays/days-2027.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { aLetter, type LetterStory, letterStory } from './story.ts'

let fresh: FreshDatabase
let story: LetterStory
let ctx: LetterStory['ctx']
let people: LetterStory['people']
beforeAll(async () => {
  fresh = await freshDatabase()
  story = await letterStory(fresh)
  ;({ ctx, people } = story)
})
afterAll(() => fresh.drop())

describe('a letter that is recorded', () => {
  it('has its number, its last day in working days, and waits for a department', async () => {
    const one = await story.record()
    expect(one).toMatchObject({
      state: 'received',
      standing: 'onTime',
      dueOn: '2026-03-23',
      unit: null,
      workdaysLeft: 9,
    })
    expect(one.number).toMatch(/^2026-0000\d\d$/)
    expect((await story.ours({ kind: 'praise' })).dueOn).toBe('2026-03-16')
    expect((await story.ours({ kind: 'report' })).dueOn).toBe('2026-03-30')
  })

  it('is refused where its days cannot be, each for its reason', async () => {
    const why = async (more: object) => (await refused(story.ours(more), 'invalid')).issues?.[0]
    expect(await why({ repliedOn: '2026-03-08' })).toMatchObject({
      path: 'repliedOn',
      reason: 'letters.repliedBefore',
    })
    expect(await why({ receivedOn: '2026-03-11' })).toMatchObject({ path: 'receivedOn' })
    expect(await why({ transferredOn: '2026-03-01' })).toMatchObject({ path: 'transferredOn' })
    expect(await why({ rating: 5 })).toMatchObject({ path: 'rating' })
    for (const wrong of [
      { kind: 'complaint' },
      { rating: 6 },
      { receivedOn: '2026-02-30' },
      { title: ' ' },
    ]) {
      expect(newLetter.safeParse({ ...aLetter(), ...wrong }).success, JSON.stringify(wrong)).toBe(false)
    }
    await refused(story.record({ unitId: 999_999 }), 'not_found')
    await refused(story.record({ receivedOn: '2001-05-08' }), 'invalid')
  })

  it('is one letter however often it comes: with the same words, or the same number elsewhere', async () => {
    const one = await story.ours({ title: '道路 积水', body: '人民路' })
    const person = { name: '陈先生', phone: one.person?.phone }
    const twice = await refused(story.ours({ title: '道路积水！', body: '人民路', person }), 'conflict')
    expect(twice.current).toMatchObject({ id: one.id })
    await story.ours({ reference: 'RX-7' })
    await refused(story.ours({ reference: 'RX-7' }), 'conflict')
    const like = await story.ours({ title: '道路积水', body: '人民路' })
    expect(like.similar).toMatchObject([{ id: one.id, by: ['text'] }])
    const merged = await story.take(like, people.duty, 'merge', { into: one.id })
    expect(merged).toMatchObject({ state: 'closed', standing: 'merged', mergedInto: one.id, may: ['forget'] })
  })
})

describe('from its receipt to its end', () => {
  it('a letter is given, sent back, given to another, answered by one and approved by another, rated, closed', async () => {
    const one = await story.record()
    const given = await story.take(one, people.duty, 'assign', { unitId: story.otherUnit })
    const back = await story.take(given, story.other, 'return', { note: '不属本单位职责' })
    expect(back).toMatchObject({ state: 'returned', unit: null, person: null, may: [] })
    const again = await story.take(back, people.duty, 'assign', { unitId: people.unitId })
    const draft = await story.take(again, people.owner, 'reply', { text: '已修复' })
    expect(draft).toMatchObject({ state: 'reviewing', firstAnsweredOn: null })
    await refused(story.take(draft, people.owner, 'approve'), 'forbidden')
    const better = await story.take(
      await story.take(draft, story.mate, 'revise', { note: '写明时间' }),
      people.owner,
      'reply',
      { text: '昨日已修复' },
    )
    const done = await story.take(better, story.mate, 'approve')
    expect(done).toMatchObject({
      state: 'answered',
      standing: 'inTime',
      firstAnsweredOn: '2026-03-10',
      reply: '昨日已修复',
    })
    const rated = await story.take(done, people.duty, 'rate', { rating: 4 })
    await refused(story.take(rated, people.duty, 'rate', { rating: 5 }), 'conflict')
    const closed = await story.take(await story.take(rated, people.duty, 'publish'), people.duty, 'close')
    expect(closed.steps.map(({ step }) => step)).toEqual([
      ...[
        'record',
        'assign',
        'return',
        'assign',
        'reply',
        'revise',
        'reply',
        'approve',
        'rate',
        'publish',
        'close',
      ],
    ])
  })

  it('of two who act at once the second is told how it is now', async () => {
    const one = await story.record()
    await story.take(one, people.duty, 'assign', { unitId: people.unitId })
    const lost = await refused(
      story.take(one, people.colleague, 'assign', { unitId: story.otherUnit }),
      'conflict',
    )
    expect(lost.current).toMatchObject({ id: one.id, unit: { id: people.unitId }, version: 2 })
  })

  it('more time is asked for and given once, by another, and no more than the rules allow', async () => {
    const asked = await story.take(await story.ours(), people.owner, 'ask', {
      workdays: 5,
      note: '须现场勘查',
    })
    await refused(story.take(asked, people.owner, 'extend', { workdays: 5, note: '同意' }), 'forbidden')
    expect(letterStepInput.extend.safeParse({ version: 1, workdays: 16, note: '同意' }).success).toBe(false)
    const longer = await story.take(asked, people.tianhe, 'extend', { workdays: 5, note: '同意' })
    expect(longer).toMatchObject({
      dueOn: '2026-03-30',
      actOn: '2026-03-30',
      extended: 5,
      asked: null,
      termWorkdays: 15,
    })
    await refused(story.take(longer, people.owner, 'ask', { workdays: 5, note: '再延' }), 'conflict')
    await refused(story.take(longer, people.duty, 'extend', { workdays: 5, note: '再延' }), 'conflict')
  })

  it('reopened it has a new term, and its first answer stays what counts', async () => {
    const done = await story.answered()
    ctx.clock.set(TUESDAY + 60 * DAY)
    const again = await story.take(done, people.duty, 'reopen', { note: '又坏了' })
    expect(again).toMatchObject({
      state: 'assigned',
      standing: 'onTime',
      firstAnsweredOn: '2026-03-10',
      actOn: '2026-05-22',
    })
    const twice = await story.take(
      await story.take(again, people.owner, 'reply', { text: '再修' }),
      story.mate,
      'approve',
    )
    expect(twice).toMatchObject({
      standing: 'inTime',
      firstAnsweredOn: '2026-03-10',
      answeredOn: '2026-05-09',
    })
    ctx.clock.set(TUESDAY)
  })

  it('late and at risk follow from the clock alone', async () => {
    const one = await story.ours({ kind: 'praise' })
    ctx.clock.set('2026-03-12T02:00:00Z')
    expect(await letterOf(ctx, people.duty, one.id)).toMatchObject({ standing: 'atRisk', workdaysLeft: 2 })
    ctx.clock.set('2026-03-16T15:59:00Z')
    expect((await story.list(people.owner, { late: 'true' })).items.map(({ id }) => id)).not.toContain(one.id)
    ctx.clock.set('2026-03-16T16:00:00Z')
    expect((await story.list(people.owner, { late: 'true' })).items.map(({ id }) => id)).toContain(one.id)
    expect((await story.list(people.owner, { state: 'open' })).items[0]).toMatchObject({
      standing: 'overdue',
    })
    ctx.clock.set(TUESDAY)
  })

  it('a department cannot date its answer back; who records one that was given elsewhere can, not before the receipt', async () => {
    const one = await story.ours()
    await refused(
      story.take(one, people.owner, 'reply', { text: '早已答复', repliedOn: '2026-03-09' }),
      'invalid',
    )
    await refused(
      story.take(one, people.duty, 'reply', { text: '电话答复', repliedOn: '2026-03-08' }),
      'invalid',
    )
    const told = await story.take(one, people.duty, 'reply', { text: '电话答复', repliedOn: '2026-03-09' })
    expect(await story.take(told, story.mate, 'approve')).toMatchObject({ firstAnsweredOn: '2026-03-09' })
  })
})

describe('reminders', () => {
  it('come to the department before the last day, on it and once it is past: of all letters of a day at once', async () => {
    const told = async () => {
      await remind(ctx)
      const rows = await fresh.db
        .selectFrom('notification_delivery as d')
        .innerJoin('user_account as u', 'u.id', 'd.user_id')
        .select(['u.username', 'd.notice'])
        .where('u.username', '=', 'owner')
        .execute()
      await fresh.db.deleteFrom('notification_delivery').execute()
      return rows.map(({ notice }) => [notice.title, notice.lines.length])
    }
    await fresh.db.updateTable('letter').set({ act_on: null }).execute()
    for (let n = 0; n < 2; n++) await story.ours({ kind: 'praise' })
    expect(await told()).toEqual([])
    ctx.clock.set('2026-03-13T02:00:00Z')
    expect(await told()).toEqual([['提醒：百姓来信答复将于 2026-03-16 截止', 2]])
    expect(await told(), 'once').toEqual([])
    ctx.clock.set('2026-03-16T02:00:00Z')
    expect(await told()).toEqual([['提醒：百姓来信答复今天（2026-03-16）截止', 2]])
    ctx.clock.set('2026-03-17T02:00:00Z')
    expect(await told()).toEqual([['逾期：百姓来信答复应于 2026-03-16 前完成', 2]])
    ctx.clock.set(TUESDAY)
  })

  it('and days that rested on a year not announced are reckoned again once it is', async () => {
    ctx.clock.set('2026-12-31T02:00:00Z')
    const one = await story.ours({ receivedOn: '2026-12-31', kind: 'praise' })
    expect(one).toMatchObject({ dueOn: '2027-01-07', provisional: true })
    await loadYear(ctx, people.admin as never, 2027, {
      ...{ version: 0, source: 'form' as const, note: '' },
      ...{ off: [...YEAR_2027.off], worked: [...YEAR_2027.worked] },
    })
    expect(await letterOf(ctx, people.duty, one.id)).toMatchObject({
      dueOn: '2027-01-08',
      actOn: '2027-01-08',
      provisional: false,
    })
    ctx.clock.set(TUESDAY)
  })
})
