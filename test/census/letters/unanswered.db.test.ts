import { afterAll, beforeAll, expect, it } from 'vitest'
import { confirmFinding, dismissFinding, recordFinding } from '../../../server/census/findings/service.ts'
import { siteSheet } from '../../../server/census/score-sheets/service.ts'
import { newFinding } from '../../../shared/census/findings/findings.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { type LetterStory, letterStory } from './story.ts'

let fresh: FreshDatabase
let story: LetterStory
let site: MadeSite
let second: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  story = await letterStory(fresh)
  site = await makeSite(fresh.db, { unit_id: story.people.unitId })
  second = await makeSite(fresh.db, { unit_id: story.people.unitId })
})
afterAll(() => fresh.drop())

const v5 = async ({ id }: MadeSite, on?: string) => {
  const sheet = await siteSheet(story.ctx, story.people.duty, id, on ? { on } : {})
  return { outcome: sheet.outcome, ...sheet.lines.find(({ rule }) => rule === 'V5') }
}

it('a question without an answer for more than three calendar months fails the site of its department, once', async () => {
  // Today is 2026-03-10: three months before is not yet too long, a day more is.
  await story.ours({ receivedOn: '2025-12-10' })
  await story.ours({ kind: 'report', receivedOn: '2025-10-10' })
  await story.ours({ receivedOn: '2025-03-09' })
  expect(await v5(site)).toMatchObject({ count: null, by: null })
  const late = await story.ours({ receivedOn: '2025-12-09' })
  expect(await v5(site)).toMatchObject({ outcome: 'vetoed', count: 1, by: 'machine', proof: [late.number] })
  expect(await v5(second)).toMatchObject({ count: null })
  await story.take(
    await story.take(late, story.people.owner, 'reply', { text: '迟复' }),
    story.mate,
    'approve',
  )
  expect(await v5(site)).toMatchObject({ count: null })
})

it("and what a person found in the site's own message column is told apart from it", async () => {
  const late = await story.ours({ receivedOn: '2025-12-08' })
  const found = await recordFinding(
    story.ctx,
    story.people.vendor,
    newFinding.parse({ siteId: site.id, rule: 'V5', note: '留言板一封信未答复' }),
  )
  await fresh.db
    .updateTable('census_finding')
    .set({
      state: 'confirmed',
      confirmed_by: story.people.duty.id,
      confirmed_at: new Date(story.ctx.clock.now()),
    })
    .where('id', '=', found.id)
    .execute()
  expect(await v5(site)).toMatchObject({ count: 2, by: 'person', proof: [found.number, late.number] })
})

it('where two persons find that all have their answers, they count no more, until that is dismissed', async () => {
  const { ctx, people, otherUnit } = story
  const third = await makeSite(fresh.db, { unit_id: otherUnit, district: '440105' })
  for (let n = 0; n < 7; n++) await story.record({ unitId: otherUnit, receivedOn: '2025-11-10' })
  const given = newFinding.parse({ siteId: third.id, rule: 'V5', count: 0, note: '来信都已电话答复' })
  const found = await recordFinding(ctx, people.vendor, given)
  expect(await v5(third)).toMatchObject({ outcome: 'vetoed', count: 7, by: 'machine' })
  const confirmed = await confirmFinding(ctx, people.duty, found.id, { version: found.version, note: '' })
  expect(await v5(third)).toMatchObject({ outcome: 'open', count: 0, by: 'person', proof: [found.number] })
  await dismissFinding(ctx, people.vendor, found.id, { version: confirmed.version, note: '并未答复' })
  expect(await v5(third)).toMatchObject({ outcome: 'vetoed', count: 7, by: 'machine' })
})
