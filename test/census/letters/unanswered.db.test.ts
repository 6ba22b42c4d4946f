import { afterAll, beforeAll, expect, it } from 'vitest'
import { confirmFinding, dismissFinding, recordFinding } from '../../../server/census/findings/service.ts'
import { siteSheet } from '../../../server/census/score-sheets/service.ts'
import { mergeUnits, undoUnitMerge } from '../../../server/register/units/merges/service.ts'
import { DAY } from '../../../shared/base/time.ts'
import { newFinding } from '../../../shared/census/findings/findings.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite, makeUnit } from '../../support/make.ts'
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

it.each(['closed', 'moved', 'merged', 'exempt'] as const)(
  'it is the next site of the department that fails once the first is %s',
  async (lifecycle) => {
    const unit = await makeUnit(fresh.db)
    const [first, next] = [
      await makeSite(fresh.db, { unit_id: unit.id, lifecycle }),
      await makeSite(fresh.db, { unit_id: unit.id }),
    ]
    const late = await story.ours({ unitId: unit.id, receivedOn: '2025-12-08' })
    expect(await v5(first)).toMatchObject({ count: null })
    expect(await v5(next)).toMatchObject({ count: 1, proof: [late.number] })
  },
)

it('nor does one fail that was stopped for good; one that is paused for a while stands for its department as before', async () => {
  const unit = await makeUnit(fresh.db)
  const stopped = await makeSite(fresh.db, { unit_id: unit.id, pause_reason: '停用' })
  const until = new Date(story.ctx.clock.now() + DAY)
  const paused = await makeSite(fresh.db, {
    ...{ unit_id: unit.id, lifecycle: 'paused', pause_reason: '改版', paused_until: until },
  })
  const open = await makeSite(fresh.db, { unit_id: unit.id })
  await story.ours({ unitId: unit.id, receivedOn: '2025-12-08' })
  expect(await Promise.all([stopped, paused, open].map((one) => v5(one)))).toMatchObject([
    { count: null },
    { count: 1 },
    { count: null },
  ])
})

it('letters of a department that was merged fail the site of the one that it is now, however often that was merged, too', async () => {
  const units = [await makeUnit(fresh.db), await makeUnit(fresh.db), await makeUnit(fresh.db)] as const
  const [gone, between, last] = units
  const sites = [
    await makeSite(fresh.db, { unit_id: last.id }),
    await makeSite(fresh.db, { unit_id: gone.id }),
  ] as const
  const late = await story.ours({ unitId: gone.id, receivedOn: '2025-12-08' })
  const own = await story.ours({ unitId: last.id, receivedOn: '2025-12-09' })
  const merge = (goes: number, intoId: number) =>
    mergeUnits(story.ctx, story.people.duty, goes, { intoId, reason: '机构改革' })
  const both = async () => [await v5(sites[0]), await v5(sites[1])]
  await merge(gone.id, between.id)
  expect(await both()).toMatchObject([
    { count: 1, proof: [own.number] },
    { count: 1, proof: [late.number] },
  ])
  const { mergedInto } = await merge(between.id, last.id)
  expect(await both()).toMatchObject([{ count: 2, proof: [late.number, own.number] }, { count: null }])
  await undoUnitMerge(story.ctx, story.people.duty, mergedInto?.id ?? 0, '改革方案调整')
  expect(await both()).toMatchObject([
    { count: 1, proof: [own.number] },
    { count: 1, proof: [late.number] },
  ])
})
