import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPictures, type Taken } from '../../../server/monitor/pictures/keep.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { TUESDAY } from '../../support/clock.ts'
import { testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { picture } from './picture.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
  // What may be let go is said by those that pictures are taken for, which are there with the whole program.
  testContext(fresh)
})
afterAll(() => fresh.drop())

const taken = (siteId: number, n: number, more: Partial<Taken> = {}): Taken => ({
  ...{ siteId, atMs: TUESDAY + n * MINUTE, url: 'http://a.gov.cn/', reason: 'asked', rule: null, ref: null },
  ...{ mark: null, isMarked: false, bytes: picture(1280, 720, n) },
  ...more,
})
const keep = (all: readonly Taken[], count?: number) =>
  fresh.db.transaction().execute((tx) => keepPictures(tx, all, count))
const shown = async (site: number) =>
  (
    await fresh.db
      .selectFrom('picture')
      .select('at')
      .where('site_id', '=', site)
      .orderBy('at', 'desc')
      .execute()
  ).map(({ at }) => Math.round((at.getTime() - TUESDAY) / MINUTE))
const copies = async () => (await fresh.db.selectFrom('picture_copy').select('hash').execute()).length

test('the same picture is kept once, whichever sites look so; one that is none is not kept', async () => {
  const [a, b] = [await makeSite(fresh.db), await makeSite(fresh.db)]
  const before = await copies()
  const bytes = picture(800, 600)
  expect(await keep([taken(a.id, 1, { bytes }), taken(b.id, 2, { bytes })])).toBe(2)
  expect(await keep([taken(a.id, 3, { bytes: Buffer.from('<html>') })])).toBe(0)
  expect(await keep([taken(a.id, 3, { bytes })])).toBe(1)
  expect((await copies()) - before).toBe(1)
  expect(await shown(a.id)).toEqual([3, 1])
})

test('the oldest of a site go, with what they held; those of rectifications and findings never', async () => {
  const site = await makeSite(fresh.db)
  await keep([
    taken(site.id, 1, { reason: 'before', rule: 'V2', ref: 7 }),
    taken(site.id, 2, { reason: 'finding', rule: 'S8b', ref: 8 }),
    taken(site.id, 3, { reason: 'after', rule: 'V2', ref: 7 }),
    taken(site.id, 4),
    taken(site.id, 5, { reason: 'verdict', rule: 'V2', ref: 9 }),
  ])
  const before = await copies()
  await keep([taken(site.id, 6), taken(site.id, 7)], 2)
  expect(await shown(site.id)).toEqual([7, 6, 3, 2, 1])
  expect((await copies()) - before).toBe(2 - 2)
})
