import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPictures } from '../../../server/monitor/pictures/keep.ts'
import { keepMissing, listMissing } from '../../../server/monitor/pictures/missing.ts'
import { contentOfPicture, listPictures } from '../../../server/monitor/pictures/queries.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { picture } from './picture.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

/** One stands for what it finds, the other only proposes. */
const [TELLING, PROPOSING] = ['hidden-links', 'mark-code']

test('a unit sees pictures of the problems that it is told to mend, and of none that waits for a word', async () => {
  const { id: siteId, url } = await makeSite(ctx.db, { unit_id: people.unitId })
  const at = new Date(ctx.clock.now())
  const problem = (rule: string, key: string, state: 'open' | 'confirmed' | 'refused') => ({
    ...{ site_id: siteId, rule, key, url, excerpt: '', rule_version: 1, state },
    ...{ detail: JSON.stringify({}), first_at: at, last_at: at },
  })
  const found = await ctx.db
    .insertInto('inspection_problem')
    .values([
      problem(TELLING, 'told', 'open'),
      problem(PROPOSING, 'confirmed', 'confirmed'),
      problem(PROPOSING, 'waiting', 'open'),
      problem(TELLING, 'refused', 'refused'),
    ])
    .returning(['id', 'rule', 'key'])
    .execute()
  const refs = found.map(({ id }) => id)
  const keyOf = new Map(found.map(({ id, key }) => [id, key]))
  const shown = (all: readonly { ref: number | null }[]) => all.map(({ ref }) => keyOf.get(ref ?? 0)).sort()
  const wanted = found.map(({ id, rule }) => ({
    ...{ siteId, atMs: at.getTime(), url, reason: 'problem' as const, rule, ref: id },
  }))
  const notTaken = wanted.map((one) => ({ ...one, why: 'late' as const }))
  await ctx.db.transaction().execute((tx) => keepMissing(tx, notTaken))
  const missing = async (who: Principal) => shown(await listMissing(ctx, who, { refs }))
  expect(await missing(people.owner)).toEqual(['confirmed', 'told'])
  expect(await missing(people.tianhe)).toEqual(['confirmed', 'refused', 'told', 'waiting'])
  const taken = wanted.map((one, n) => ({
    ...{ ...one, mark: null, isMarked: false, bytes: picture(1280, 720, n) },
  }))
  await ctx.db.transaction().execute((tx) => keepPictures(tx, taken))
  const { items } = await listPictures(ctx, people.tianhe, { refs }, { limit: 9 })
  expect(items).toHaveLength(4)
  const seen = await listPictures(ctx, people.owner, { refs }, { limit: 9 })
  expect(shown(seen.items)).toEqual(['confirmed', 'told'])
  const opened: (string | undefined)[] = []
  for (const { id, ref } of items)
    if (await contentOfPicture(ctx, people.owner, id)) opened.push(keyOf.get(ref ?? 0))
  expect(opened.sort()).toEqual(['confirmed', 'told'])
})
