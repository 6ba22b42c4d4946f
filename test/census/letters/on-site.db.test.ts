import { afterAll, beforeAll, expect, test } from 'vitest'
import { siteUnanswered } from '../../../server/census/letters/unanswered.ts'
import { siteSheet } from '../../../server/census/score-sheets/service.ts'
import { storeMessages } from '../../../server/monitor/messages/queries.ts'
import { claimDueMessages } from '../../../server/monitor/schedule/daily/claims.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { DAY, MINUTE } from '../../../shared/base/time.ts'
import type { MessageReading } from '../../../shared/monitor/messages/messages-rules.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { datedFinding, type MadeSite, makeSite } from '../../support/make.ts'
import { visitOf } from '../../support/visits/visited.ts'
import { type LetterStory, letterStory } from './story.ts'

let fresh: FreshDatabase
let story: LetterStory
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  story = await letterStory(fresh)
  site = await makeSite(fresh.db, { unit_id: story.people.unitId })
})
afterAll(() => fresh.drop())

const box = () => ({ name: '领导信箱', url: new URL('/hdjl/', site.url).href })
const late = { on: '2025-11-01', title: '路灯不亮', url: null }
const reading = (more: Partial<MessageReading> = {}): MessageReading => ({
  ...{ dated: 3, answered: 3, waiting: [], unclear: [], undated: 0, isWhole: true, isDrawn: false },
  ...more,
})
/** Home page with a letter box, read now; its letters a day later. */
async function seen(found: MessageReading | null): Promise<number> {
  const atMs = story.ctx.clock.advance(5 * MINUTE)
  const page = { items: [], dated: [], columns: [], messages: [box(), box()] }
  const visited = visitOf(site, atMs)
  await recordVisits(story.ctx, [{ ...visited, extra: true, finding: datedFinding('2026-03-09'), page }])
  await fresh.db
    .updateTable('message_column')
    .set({ next_visit_at: new Date(atMs) })
    .execute()
  const due = await claimDueMessages(fresh.db, { now: new Date(atMs), limit: 8 })
  for (const one of due) await storeMessages(fresh.db, one, found, new Date(atMs))
  return due.length
}
const line = async () => {
  const sheet = await siteSheet(story.ctx, story.people.duty, site.id, {})
  return { outcome: sheet.outcome, ...sheet.lines.find(({ rule }) => rule === 'V5') }
}

test('of a home page that leads to no such column, or was never read, nothing is said', async () => {
  expect(await line()).toMatchObject({ by: null, apart: { hotline: 0, site: { why: 'noColumn' } } })
  await fresh.db.updateTable('site_state').set({ finding: null }).execute()
  expect(await line()).toMatchObject({ by: null, apart: { site: { why: 'unread' } } })
})

test('a letter box whose letters all have answers is measured, and passes', async () => {
  expect(await seen(reading())).toBe(1)
  expect(await line()).toMatchObject({
    count: 0,
    by: 'machine',
    apart: { hotline: 0, site: { outcome: 'clear' } },
  })
})

test('each is read once a day, and one that does not open keeps what was read for a week', async () => {
  expect(await claimDueMessages(fresh.db, { now: new Date(story.ctx.clock.now()), limit: 8 })).toEqual([])
  await seen(null)
  expect(await line()).toMatchObject({ count: 0 })
})

test('a letter that has waited four months fails the site, told apart from those of the hotline', async () => {
  await seen(reading({ waiting: [late] }))
  expect(await line()).toMatchObject({
    outcome: 'vetoed',
    count: 1,
    apart: { hotline: 0, site: { count: 1 } },
  })
  const own = await story.ours({ receivedOn: '2025-12-01' })
  expect(await line()).toMatchObject({
    ...{ count: 2, apart: { hotline: 1, site: { outcome: 'found', count: 1 } } },
    proof: [own.number, '2025-11-01 路灯不亮'],
  })
  const told = await siteUnanswered(story.ctx, story.people.owner, site.id)
  expect(told).toMatchObject({
    ...{ hotline: { count: 1, numbers: [own.number] }, site: { some: [late] } },
    columns: [{ name: '领导信箱', dated: 3, waiting: 1 }],
  })
})

test('who may not see the site is told nothing of it', async () => {
  await expect(siteUnanswered(story.ctx, story.people.haizhu, site.id)).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('after a week without a reading nothing is said of it any more', async () => {
  await fresh.db.updateTable('letter').set({ first_answered_on: '2026-03-09' }).execute()
  await fresh.db
    .updateTable('message_column')
    .set({ read_at: new Date(story.ctx.clock.now() - 8 * DAY) })
    .execute()
  expect(await line()).toMatchObject({ by: null, apart: { site: { why: 'unread' } } })
})

test('a column whose address is another at each visit is one column, and goes a week after the page led to it last', async () => {
  const visit = async (messages: { name: string; url: string }[]) => {
    const page = { items: [], dated: [], columns: [], messages }
    const visited = visitOf(site, story.ctx.clock.advance(5 * MINUTE))
    await recordVisits(story.ctx, [{ ...visited, extra: true, finding: datedFinding('2026-03-09'), page }])
    return fresh.db
      .selectFrom('message_column')
      .select(['name', 'url'])
      .where('site_id', '=', site.id)
      .execute()
  }
  const at = (session: number) => ({ ...box(), url: `${box().url};jsessionid=${session}` })
  await visit([at(1)])
  expect(await visit([at(2)])).toEqual([at(2)])
  story.ctx.clock.advance(6 * DAY)
  expect(await visit([])).toEqual([at(2)])
  story.ctx.clock.advance(2 * DAY)
  expect(await visit([])).toEqual([])
})
