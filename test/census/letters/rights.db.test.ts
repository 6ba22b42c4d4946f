import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { letterOf } from '../../../server/census/letters/service.ts'
import { DAY } from '../../../shared/base/time.ts'
import { LETTER_STEP_NAMES } from '../../../shared/census/letters/letters-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { type LetterStory, letterStory } from './story.ts'

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

describe('who sees what', () => {
  it('a unit its own and those that it handles with others; a district its own; who looks on, nothing of who wrote', async () => {
    const one = await story.ours()
    const sees = async (who: Principal) => (await story.list(who)).items.some(({ id }) => id === one.id)
    expect([await sees(people.owner), await sees(people.tianhe), await sees(people.duty)]).toEqual([
      true,
      true,
      true,
    ])
    expect([await sees(story.other), await sees(people.haizhu)]).toEqual([false, false])
    await refused(letterOf(ctx, story.other, one.id), 'not_found')
    await refused(story.take(one, people.haizhu, 'close'), 'not_found')
    const joint = await story.take(one, people.duty, 'join', { unitId: story.otherUnit })
    expect([await sees(story.other), await sees(people.haizhu)]).toEqual([true, true])
    expect(await letterOf(ctx, story.other, one.id)).toMatchObject({
      personState: 'shown',
      may: ['contribute'],
    })
    expect(await letterOf(ctx, people.haizhu, one.id)).toMatchObject({ person: null, personState: 'hidden' })
    await story.take(joint, story.other, 'contribute', { note: '已协调供电' })
    await refused(story.take({ ...joint, version: 3 }, story.other, 'reply', { text: '代答' }), 'forbidden')
  })

  it('a district gives letters only to units of its own', async () => {
    await refused(story.record({ unitId: story.otherUnit }, people.tianhe), 'forbidden')
    await refused(story.record({}, people.tianhe), 'invalid')
    await refused(
      story.take(await story.ours(), people.tianhe, 'transfer', { unitId: story.otherUnit, note: '请办' }),
      'forbidden',
    )
  })

  it('a district records a letter that was answered, and cannot publish it', async () => {
    const told = { unitId: people.unitId, repliedOn: '2026-03-10', reply: '已修复' }
    const why = await refused(story.record({ ...told, published: true }, people.tianhe), 'forbidden')
    expect(why.reason).toBe('letters.mayNotPublish')
    expect(await story.record(told, people.tianhe)).toMatchObject({ state: 'answered', published: false })
    expect(await story.record({ ...told, published: true })).toMatchObject({ published: true })
  })

  it('who records a letter that lies elsewhere learns that it is there, not which it is', async () => {
    await story.ours({ reference: 'RX-88' })
    const twice = { reference: 'RX-88', unitId: story.otherUnit }
    const told = await refused(story.record(twice, people.haizhu), 'conflict')
    expect(told).toMatchObject({ reason: 'letters.sameLetterElsewhere', values: {}, current: undefined })
    expect(await refused(story.record(twice, people.duty), 'conflict')).toMatchObject({
      reason: 'letters.sameLetter',
    })
  })

  it('who wrote is hidden from the department once the letter is closed, and can be deleted for good', async () => {
    const closed = await story.take(await story.answered(), people.duty, 'close')
    expect(await letterOf(ctx, people.owner, closed.id)).toMatchObject({
      person: null,
      personState: 'hidden',
    })
    expect(closed.person).toMatchObject({ name: '陈先生' })
    const gone = await story.take(closed, people.duty, 'forget', { note: '本人要求' })
    expect(gone).toMatchObject({ person: null, personState: 'deleted' })
    const left = await fresh.db
      .selectFrom('letter_person')
      .selectAll()
      .where('letter_id', '=', closed.id)
      .execute()
    expect(left).toEqual([])
    const lists = JSON.stringify((await story.list(people.duty)).items)
    expect(lists).not.toContain('陈先生')
  })

  it('a letter is published no longer once who wrote it is deleted, and never again', async () => {
    const shown = await story.take(await story.answered(), people.duty, 'publish')
    expect(shown).toMatchObject({ published: true, publishedOn: '2026-03-10' })
    const closed = await story.take(shown, people.duty, 'close')
    const gone = await story.take(closed, people.duty, 'forget', { note: '本人要求' })
    expect(gone).toMatchObject({ published: false, publishedOn: null })
    expect(gone.may).not.toContain('publish')
    const again = await story.take(gone, people.duty, 'reopen', { note: '又坏了' })
    const draft = await story.take(again, people.owner, 'reply', { text: '再修' })
    const done = await story.take(draft, story.mate, 'approve')
    expect((await letterOf(ctx, people.duty, done.id)).may).not.toContain('publish')
    expect(await refused(story.take(done, people.duty, 'publish'), 'conflict')).toMatchObject({
      reason: 'letters.publishedForgotten',
      values: { number: done.number },
    })
  })

  it('nobody is offered a step that would then be refused by right', async () => {
    const one = await story.answered()
    for (const who of [people.owner, story.mate, people.tianhe, people.duty, people.admin]) {
      const { may } = await letterOf(ctx, who, one.id)
      const others = LETTER_STEP_NAMES.filter((step) => !may.includes(step))
      for (const step of others) {
        const more = {
          unitId: story.otherUnit,
          note: '试',
          workdays: 1,
          text: '试',
          rating: 3,
          into: 1,
          siteId: 1,
          fault: 'dead',
        }
        const outcome = await story.take(one, who, step, more).catch(({ code }: { code: string }) => code)
        expect(['forbidden', 'conflict'], `${who.name} ${step}`).toContain(outcome)
      }
    }
  })
})

describe('a letter about a site', () => {
  it('that says something wrong is a finding of the site, and tells when it was mended', async () => {
    const site = await makeSite(fresh.db, { unit_id: people.unitId })
    const linked = await story.take(await story.ours(), people.duty, 'link', {
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
    const linked = await story.take(await story.ours(), people.duty, 'link', {
      siteId: site.id,
      fault: 'dead',
    })
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
