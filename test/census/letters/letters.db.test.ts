import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listLetters } from '../../../server/census/letters/queries.ts'
import { letterOf, recordLetter } from '../../../server/census/letters/service.ts'
import { takeLetterStep } from '../../../server/census/letters/steps.ts'
import { reckoningIn } from '../../../server/census/letters/terms.ts'
import { DAY } from '../../../shared/base/time.ts'
import {
  type LetterDetail,
  letterFilter,
  letterStepInput,
  newLetter,
} from '../../../shared/census/letters/letters.ts'
import { LETTER_STEP_NAMES, type LetterStep } from '../../../shared/census/letters/letters-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite, makeUnit } from '../../support/make.ts'
import { addUser, makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
/** A second person of the same unit, and one of another in Haizhu. */
let mate: Principal
let other: Principal
let otherUnit: number
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  otherUnit = (await makeUnit(fresh.db, { name: '海珠区信访局', district: '440105' })).id
  const unitOf = (username: string, unitId: number) =>
    addUser(
      fresh.db,
      { username, name: username, role: 'unit', password_hash: '-' },
      { kind: 'unit', unitId },
    )
  mate = await unitOf('mate', people.unitId)
  other = await unitOf('other', otherUnit)
})
afterAll(() => fresh.drop())

let serial = 0
const given = (more: object = {}) =>
  newLetter.parse({
    ...{ kind: 'question', receivedOn: '2026-03-09', title: `路灯不亮 ${++serial}`, body: `第 ${serial} 盏` },
    person: { name: '陈先生', phone: `020-8${String(serial).padStart(7, '0')}` },
    ...more,
  })
const record = (more: object = {}, who: Principal = people.duty) => recordLetter(ctx, who, given(more))
const ours = (more: object = {}) => record({ unitId: people.unitId, ...more })
/** Takes a step as its person sends it, by the version that they saw. */
const take = (
  one: Pick<LetterDetail, 'id' | 'version'>,
  who: Principal,
  step: LetterStep,
  more: object = {},
) =>
  takeLetterStep(
    ctx,
    who,
    one.id,
    step,
    letterStepInput[step].parse({ version: one.version, ...more }) as never,
  )
const list = async (who: Principal, filter: object = {}) =>
  listLetters(
    ctx.db,
    who,
    letterFilter.parse(filter),
    { limit: 100 },
    await reckoningIn(ctx.db, ctx.clock.now()),
  )
const answered = async (more: object = {}) =>
  take(await take(await ours(more), people.owner, 'reply', { text: '已修复' }), mate, 'approve')

describe('a letter that is recorded', () => {
  it('has its number, its last day in working days, and waits for a department', async () => {
    const one = await record()
    expect(one).toMatchObject({
      state: 'received',
      standing: 'onTime',
      dueOn: '2026-03-23',
      unit: null,
      workdaysLeft: 9,
    })
    expect(one.number).toMatch(/^2026-0000\d\d$/)
    expect((await ours({ kind: 'praise' })).dueOn).toBe('2026-03-16')
    expect((await ours({ kind: 'report' })).dueOn).toBe('2026-03-30')
  })

  it('is refused where its days cannot be, each for its reason', async () => {
    const why = async (more: object) => (await refused(ours(more), 'invalid')).issues?.[0]
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
      expect(newLetter.safeParse({ ...given(), ...wrong }).success, JSON.stringify(wrong)).toBe(false)
    }
    await refused(record({ unitId: 999_999 }), 'not_found')
    await refused(record({ receivedOn: '2001-05-08' }), 'invalid')
  })

  it('is one letter however often it comes: with the same words, or the same number elsewhere', async () => {
    const one = await ours({ title: '道路 积水', body: '人民路' })
    const person = { name: '陈先生', phone: one.person?.phone }
    const twice = await refused(ours({ title: '道路积水！', body: '人民路', person }), 'conflict')
    expect(twice.current).toMatchObject({ id: one.id })
    await ours({ reference: 'RX-7' })
    await refused(ours({ reference: 'RX-7' }), 'conflict')
    const like = await ours({ title: '道路积水', body: '人民路' })
    expect(like.similar).toMatchObject([{ id: one.id, by: ['text'] }])
    const merged = await take(like, people.duty, 'merge', { into: one.id })
    expect(merged).toMatchObject({ state: 'closed', standing: 'merged', mergedInto: one.id, may: ['forget'] })
  })
})

describe('from its receipt to its end', () => {
  it('a letter is given, sent back, given to another, answered by one and approved by another, rated, closed', async () => {
    const one = await record()
    const given = await take(one, people.duty, 'assign', { unitId: otherUnit })
    const back = await take(given, other, 'return', { note: '不属本单位职责' })
    expect(back).toMatchObject({ state: 'returned', unit: null, person: null, may: [] })
    const again = await take(back, people.duty, 'assign', { unitId: people.unitId })
    const draft = await take(again, people.owner, 'reply', { text: '已修复' })
    expect(draft).toMatchObject({ state: 'reviewing', firstAnsweredOn: null })
    await refused(take(draft, people.owner, 'approve'), 'forbidden')
    const better = await take(
      await take(draft, mate, 'revise', { note: '写明时间' }),
      people.owner,
      'reply',
      { text: '昨日已修复' },
    )
    const done = await take(better, mate, 'approve')
    expect(done).toMatchObject({
      state: 'answered',
      standing: 'inTime',
      firstAnsweredOn: '2026-03-10',
      reply: '昨日已修复',
    })
    const rated = await take(done, people.duty, 'rate', { rating: 4 })
    await refused(take(rated, people.duty, 'rate', { rating: 5 }), 'conflict')
    const closed = await take(await take(rated, people.duty, 'publish'), people.duty, 'close')
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
    const one = await record()
    await take(one, people.duty, 'assign', { unitId: people.unitId })
    const lost = await refused(take(one, people.colleague, 'assign', { unitId: otherUnit }), 'conflict')
    expect(lost.current).toMatchObject({ id: one.id, unit: { id: people.unitId }, version: 2 })
  })

  it('more time is asked for and given once, by another, and no more than the rules allow', async () => {
    const asked = await take(await ours(), people.owner, 'ask', { workdays: 5, note: '须现场勘查' })
    await refused(take(asked, people.owner, 'extend', { workdays: 5, note: '同意' }), 'forbidden')
    expect(letterStepInput.extend.safeParse({ version: 1, workdays: 16, note: '同意' }).success).toBe(false)
    const longer = await take(asked, people.tianhe, 'extend', { workdays: 5, note: '同意' })
    expect(longer).toMatchObject({
      dueOn: '2026-03-30',
      actOn: '2026-03-30',
      extended: 5,
      asked: null,
      termWorkdays: 15,
    })
    await refused(take(longer, people.owner, 'ask', { workdays: 5, note: '再延' }), 'conflict')
    await refused(take(longer, people.duty, 'extend', { workdays: 5, note: '再延' }), 'conflict')
  })

  it('reopened it has a new term, and its first answer stays what counts', async () => {
    const done = await answered()
    ctx.clock.set(TUESDAY + 60 * DAY)
    const again = await take(done, people.duty, 'reopen', { note: '又坏了' })
    expect(again).toMatchObject({
      state: 'assigned',
      standing: 'onTime',
      firstAnsweredOn: '2026-03-10',
      actOn: '2026-05-22',
    })
    const twice = await take(await take(again, people.owner, 'reply', { text: '再修' }), mate, 'approve')
    expect(twice).toMatchObject({
      standing: 'inTime',
      firstAnsweredOn: '2026-03-10',
      answeredOn: '2026-05-09',
    })
    ctx.clock.set(TUESDAY)
  })

  it('late and at risk follow from the clock alone', async () => {
    const one = await ours({ kind: 'praise' })
    ctx.clock.set('2026-03-12T02:00:00Z')
    expect(await letterOf(ctx, people.duty, one.id)).toMatchObject({ standing: 'atRisk', workdaysLeft: 2 })
    ctx.clock.set('2026-03-16T15:59:00Z')
    expect((await list(people.owner, { late: 'true' })).items.map(({ id }) => id)).not.toContain(one.id)
    ctx.clock.set('2026-03-16T16:00:00Z')
    expect((await list(people.owner, { late: 'true' })).items.map(({ id }) => id)).toContain(one.id)
    expect((await list(people.owner, { state: 'open' })).items[0]).toMatchObject({ standing: 'overdue' })
    ctx.clock.set(TUESDAY)
  })

  it('a department cannot date its answer back; who records one that was given elsewhere can, not before the receipt', async () => {
    const one = await ours()
    await refused(take(one, people.owner, 'reply', { text: '早已答复', repliedOn: '2026-03-09' }), 'invalid')
    await refused(take(one, people.duty, 'reply', { text: '电话答复', repliedOn: '2026-03-08' }), 'invalid')
    const told = await take(one, people.duty, 'reply', { text: '电话答复', repliedOn: '2026-03-09' })
    expect(await take(told, mate, 'approve')).toMatchObject({ firstAnsweredOn: '2026-03-09' })
  })
})

describe('who sees what', () => {
  it('a unit its own and those that it handles with others; a district its own; who looks on, nothing of who wrote', async () => {
    const one = await ours()
    const sees = async (who: Principal) => (await list(who)).items.some(({ id }) => id === one.id)
    expect([await sees(people.owner), await sees(people.tianhe), await sees(people.duty)]).toEqual([
      true,
      true,
      true,
    ])
    expect([await sees(other), await sees(people.haizhu)]).toEqual([false, false])
    await refused(letterOf(ctx, other, one.id), 'not_found')
    await refused(take(one, people.haizhu, 'close'), 'not_found')
    const joint = await take(one, people.duty, 'join', { unitId: otherUnit })
    expect([await sees(other), await sees(people.haizhu)]).toEqual([true, true])
    expect(await letterOf(ctx, other, one.id)).toMatchObject({ personState: 'shown', may: ['contribute'] })
    expect(await letterOf(ctx, people.haizhu, one.id)).toMatchObject({ person: null, personState: 'hidden' })
    await take(joint, other, 'contribute', { note: '已协调供电' })
    await refused(take({ ...joint, version: 3 }, other, 'reply', { text: '代答' }), 'forbidden')
  })

  it('a district gives letters only to units of its own', async () => {
    await refused(record({ unitId: otherUnit }, people.tianhe), 'forbidden')
    await refused(record({}, people.tianhe), 'invalid')
    await refused(
      take(await ours(), people.tianhe, 'transfer', { unitId: otherUnit, note: '请办' }),
      'forbidden',
    )
  })

  it('who wrote is hidden from the department once the letter is closed, and can be deleted for good', async () => {
    const closed = await take(await answered(), people.duty, 'close')
    expect(await letterOf(ctx, people.owner, closed.id)).toMatchObject({
      person: null,
      personState: 'hidden',
    })
    expect(closed.person).toMatchObject({ name: '陈先生' })
    const gone = await take(closed, people.duty, 'forget', { note: '本人要求' })
    expect(gone).toMatchObject({ person: null, personState: 'deleted' })
    const left = await fresh.db
      .selectFrom('letter_person')
      .selectAll()
      .where('letter_id', '=', closed.id)
      .execute()
    expect(left).toEqual([])
    const lists = JSON.stringify((await list(people.duty)).items)
    expect(lists).not.toContain('陈先生')
  })

  it('nobody is offered a step that would then be refused by right', async () => {
    const one = await answered()
    for (const who of [people.owner, mate, people.tianhe, people.duty, people.admin]) {
      const { may } = await letterOf(ctx, who, one.id)
      const others = LETTER_STEP_NAMES.filter((step) => !may.includes(step))
      for (const step of others) {
        const more = {
          unitId: otherUnit,
          note: '试',
          workdays: 1,
          text: '试',
          rating: 3,
          into: 1,
          siteId: 1,
          fault: 'dead',
        }
        const outcome = await take(one, who, step, more).catch(({ code }: { code: string }) => code)
        expect(['forbidden', 'conflict'], `${who.name} ${step}`).toContain(outcome)
      }
    }
  })
})

describe('a letter about a site', () => {
  it('that says something wrong is a finding of the site, and tells when it was mended', async () => {
    const site = await makeSite(fresh.db, { unit_id: people.unitId })
    const linked = await take(await ours(), people.duty, 'link', {
      siteId: site.id,
      fault: 'wrong',
      note: '电话有误',
    })
    const { finding } = linked.site ?? {}
    expect(finding).toMatchObject({ mendedAt: null })
    const stored = await fresh.db
      .selectFrom('census_finding')
      .selectAll()
      .where('id', '=', finding?.id ?? 0)
      .executeTakeFirstOrThrow()
    expect(stored).toMatchObject({ site_id: site.id, rule: 'S4d', note: `${linked.number} 电话有误` })
    await fresh.db
      .updateTable('census_finding')
      .set({ state: 'mended', ended_at: new Date(TUESDAY + DAY) })
      .where('id', '=', stored.id)
      .execute()
    const after = await letterOf(ctx, people.owner, linked.id)
    expect(after.site?.finding?.mendedAt).toBe('2026-03-11T02:00:00.000Z')
  })

  it('that does not open is looked at by the monitor at once, whose alert goes with the letter', async () => {
    const site = await makeSite(
      fresh.db,
      { unit_id: people.unitId },
      { next_visit_at: new Date(TUESDAY + DAY) },
    )
    const linked = await take(await ours(), people.duty, 'link', { siteId: site.id, fault: 'dead' })
    expect(linked.site).toMatchObject({ alert: null, finding: null })
    const state = await fresh.db
      .selectFrom('site_state')
      .selectAll()
      .where('site_id', '=', site.id)
      .executeTakeFirstOrThrow()
    expect(state.next_visit_at).toEqual(new Date(TUESDAY))
    const alert = await makeAlert(fresh.db, { site, rule: 'DOWN', opened_at: new Date(TUESDAY) })
    await fresh.db
      .updateTable('alert')
      .set({ status: 'resolved', resolved_at: new Date(TUESDAY + DAY) })
      .where('id', '=', alert.id)
      .execute()
    expect((await letterOf(ctx, people.duty, linked.id)).site?.alert).toMatchObject({
      id: alert.id,
      resolvedAt: '2026-03-11T02:00:00.000Z',
    })
  })
})
