import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishRanking, rankingFor } from '../../../server/census/letters/ranking/service.ts'
import { wilson } from '../../../shared/base/figures/wilson.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type LetterStory, letterStory } from './story.ts'

let fresh: FreshDatabase
let story: LetterStory
let ctx: LetterStory['ctx']
let people: LetterStory['people']
beforeAll(async () => {
  fresh = await freshDatabase()
  story = await letterStory(fresh)
  ;({ ctx, people } = story)
  /** Praise of 2 February falls due on the 9th. */
  const february = (more: object) => story.record({ kind: 'praise', receivedOn: '2026-02-02', ...more })
  const [own, other] = [{ unitId: people.unitId }, { unitId: story.otherUnit }]
  for (let n = 0; n < 10; n++)
    await february({ ...own, repliedOn: '2026-02-09', rating: n < 4 ? 5 : undefined })
  await february({ ...own, repliedOn: '2026-02-10', rating: 2 })
  await february(own)
  await february({ ...other, repliedOn: '2026-02-03' })
  await february({})
  const twin = await february(own)
  await story.take(twin, people.duty, 'merge', { into: twin.id - 1 })
  // Answered in February, but due in March: of another cohort.
  await story.record({ ...own, kind: 'report', receivedOn: '2026-02-25', repliedOn: '2026-02-26' })
})
afterAll(() => fresh.drop())

describe('the ranking of a month', () => {
  it('counts the letters that fell due in it, answered or not, and ranks nobody by a handful', async () => {
    const ranking = await rankingFor(ctx, people.duty, '2026-02')
    expect(ranking).toMatchObject({ isOver: true, unassigned: 1, merged: 1, pending: 0, mayPublish: true })
    expect(ranking.rows).toMatchObject([
      {
        place: 1,
        unit: { id: people.unitId },
        due: 12,
        inTime: 10,
        late: 1,
        unanswered: 1,
        asked: 11,
        rated: 5,
        satisfied: 4,
      },
      { place: null, unit: { id: story.otherUnit }, due: 1, inTime: 1, overdueShare: 0 },
    ])
    expect(ranking.rows[0]?.overdueShare).toBeCloseTo(2 / 12)
    expect(ranking.total).toMatchObject({ due: 13, inTime: 11, late: 1, unanswered: 1 })
  })

  it('says how sure a share is by Wilson', () => {
    const rounded = (hits: number, n: number) =>
      wilson(hits, n, 1.96)?.map((end) => Math.round(end * 1e4) / 1e4)
    expect(rounded(0, 10)).toEqual([0, 0.2775])
    expect(rounded(5, 10)).toEqual([0.2366, 0.7634])
    expect(rounded(1, 1)).toEqual([0.2065, 1])
    expect(wilson(0, 0, 1.96)).toBeNull()
  })

  it('shows a unit its own letters alone until it is published', async () => {
    const own = await rankingFor(ctx, story.other, '2026-02')
    expect(own.rows.map(({ unit, place }) => [unit.id, place])).toEqual([[story.otherUnit, null]])
    expect(own.total.due).toBe(1)
    expect(own.mayPublish).toBe(false)
  })

  it('is fixed once it is published, whatever is answered or rated afterwards; a month that lasts cannot be', async () => {
    await refused(publishRanking(ctx, people.duty, '2026-03'), 'invalid')
    await refused(publishRanking(ctx, people.duty, '2020-03'), 'invalid')
    const published = await publishRanking(ctx, people.duty, '2026-02')
    expect(published).toMatchObject({ published: ['2026-02'], mayPublish: false })
    const [late] = (await story.list(people.duty, { month: '2026-02', state: 'open', unit: people.unitId }))
      .items
    if (!late) throw new Error('none is left to be answered')
    await story.take(await story.take(late, people.owner, 'reply', { text: '迟复' }), story.mate, 'approve')
    expect((await rankingFor(ctx, people.duty, '2026-02')).rows).toEqual(published.rows)
    await refused(publishRanking(ctx, people.colleague, '2026-02'), 'conflict')
    expect((await rankingFor(ctx, story.other, '2026-02')).rows).toHaveLength(2)
  })
})
