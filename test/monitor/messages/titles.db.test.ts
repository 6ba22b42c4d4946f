import { afterAll, beforeAll, expect, test } from 'vitest'
import { siteUnanswered } from '../../../server/census/letters/unanswered.ts'
import { messages } from '../../../server/monitor/inspections/pages/messages.ts'
import { messageVerdicts, storeMessages } from '../../../server/monitor/messages/queries.ts'
import { keepPictures } from '../../../server/monitor/pictures/keep.ts'
import { placesOf } from '../../../server/monitor/pictures/place.ts'
import { listPictures } from '../../../server/monitor/pictures/queries.ts'
import { DAY, localDay } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { picture } from '../pictures/picture.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  site = await makeSite(fresh.db, { unit_id: people.unitId })
})
afterAll(() => fresh.drop())

const TITLE = '关于张三 440106199001011016 低保，请回电 13922223333'
const SECRET = /199001|139222/

test('numbers that citizens write into titles of their letters are covered wherever a title goes', async () => {
  const now = ctx.clock.now()
  const at = new Date(now)
  const url = `${site.url}xx/7.html?sfzh=440106199001011016`
  const waiting = [{ on: localDay(now - 200 * DAY), title: TITLE, url }]
  const reading = { dated: 4, answered: 3, waiting, unclear: [], undated: 0, isWhole: true, isDrawn: false }
  await fresh.db
    .insertInto('message_column')
    .values({
      ...{ site_id: site.id, name: '网上信箱', url: `${site.url}xx/`, seen_at: at, next_visit_at: at },
      ...{ read_at: null, tried_at: null, reading: null },
    })
    .execute()
  await storeMessages(fresh.db, { siteId: site.id, name: '网上信箱' }, reading, at)
  const day = { atMs: now, today: localDay(now) }
  const verdict = (await messageVerdicts(fresh.db, [site.id], day)).get(site.id)
  expect(verdict?.some[0]?.title).toMatch(/^关于.+440\*\*\*16 低保，请回电 139\*\*\*33$/)
  expect(JSON.stringify(await siteUnanswered(ctx, people.duty, site.id))).not.toMatch(SECRET)
  const said = await messages.measure(
    { url: site.url } as Parameters<typeof messages.measure>[0],
    { kept: { messages: async () => verdict ?? null } } as unknown as Parameters<typeof messages.measure>[1],
  )
  expect(said).toMatchObject({ outcome: 'found', problems: [{ outline: { text: verdict?.some[0]?.title } }] })
  const [place] = await fresh.db
    .transaction()
    .execute((tx) => placesOf(tx, [{ siteId: site.id, rule: 'V5' }], now))
  expect(place?.url, 'its page is still found').toBe(url)
  expect(place?.mark?.text).not.toMatch(SECRET)
})

test('what older pictures say that they are of is covered, too', async () => {
  const one = {
    siteId: site.id,
    atMs: ctx.clock.now(),
    url: site.url,
    reason: 'asked' as const,
    rule: null,
    ref: null,
  }
  const mark = { text: TITLE, href: '/detail?sfzh=440106199001011016' }
  await fresh.db
    .transaction()
    .execute((tx) => keepPictures(tx, [{ ...one, mark, isMarked: true, bytes: picture(60, 40) }]))
  const { items } = await listPictures(ctx, people.duty, { site: site.id }, { limit: 9 })
  expect(items).toHaveLength(1)
  expect(JSON.stringify(items[0]?.mark)).not.toContain('199001')
})
