import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { v1Counts } from '../../../server/monitor/verdicts/queries.ts'
import { packStep } from '../../../server/monitor/visit-store/packing.ts'
import { partitionDays, utcDay } from '../../../server/monitor/visit-store/partitions.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { addVisits, type PastVisit } from '../../support/visits/visits.ts'

/* V1's week lies packed but for its last day or two: what it counts is the same to the visit. */

const NOW = TUESDAY + 23 * MINUTE + 17_250
/** On the edge itself, on the hour, and a millisecond beside it; earlier and later on the day. */
const MOMENTS = [NOW, TUESDAY, TUESDAY + 1, TUESDAY - 1, NOW - 11 * HOUR, NOW - 7 * HOUR - 59 * MINUTE]
const SITES = 4
const VISITS = 1_200

let fresh: FreshDatabase
let ctx: TestContext
const ids: number[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  for (let n = 0; n < SITES; n++) {
    const { id } = await makeSite(fresh.db)
    ids.push(id)
    await addVisits(fresh.db, id, n === 0 ? onTheEdges() : anyhow())
  }
  ids.push((await makeSite(fresh.db)).id)
})
afterAll(() => fresh.drop())

let seed = 11
function random(): number {
  seed = (seed * 16_807) % 2_147_483_647
  return seed / 2_147_483_647
}

/** Visits of all sorts at any millisecond of nine days. */
const anyhow = (): PastVisit[] =>
  Array.from({ length: VISITS }, () => any(Math.floor(NOW - random() * 9 * DAY)))

/** Many in the very hours that are split. */
const onTheEdges = (): PastVisit[] =>
  Array.from({ length: VISITS }, (_, n) => any(Math.floor(NOW - (n % 8) * DAY - (random() - 0.5) * HOUR)))

function any(at: number): PastVisit {
  const kind = Math.floor(random() * 8)
  if (kind === 0) return { at, outcome: 1, cause: 'timeout', status: null }
  if (kind === 1) return { at, outcome: 1, cause: 'reset', status: null, extra: true }
  if (kind === 2) return { at, outcome: 2, cause: 'blocked_captcha', excluded: true }
  if (kind === 3) return { at, outcome: 1, cause: 'dns', status: null, excluded: true }
  return { at }
}

const counts = () => Promise.all(MOMENTS.map((now) => v1Counts(ctx.db, ids, now)))
const packAll = async () => {
  while (await packStep(ctx)) {}
}

it('whatever is packed of the week, V1 counts every visit of it once and on its own side', async () => {
  const plain = await counts()
  expect(plain[0]?.get(ids[0] as number)?.failed).toBeGreaterThan(50)
  ctx.clock.set(NOW - 3 * DAY)
  await packAll()
  expect(await counts(), 'half of it').toEqual(plain)
  ctx.clock.set(NOW)
  for (let steps = 1; await packStep(ctx); steps++)
    if (steps % 2 === 0) expect(await counts(), 'while it is being packed').toEqual(plain)
  expect(await partitionDays(ctx.db, 'visit')).toEqual([utcDay(NOW) - 1, utcDay(NOW)])
  expect(await counts(), 'all that is due').toEqual(plain)
})

it('a visit that comes for a packed day is counted with those of the day', async () => {
  const id = ids[1] as number
  const before = (await v1Counts(ctx.db, [id], NOW)).get(id)
  await addVisits(ctx.db, id, [{ at: NOW - 4 * DAY + 1 }, { at: NOW - 4 * DAY }])
  const late = (await v1Counts(ctx.db, [id], NOW)).get(id)
  expect(late?.total).toBe((before?.total ?? 0) + 2)
  expect(late?.perDay[3]).toBe((before?.perDay[3] ?? 0) + 1)
  await packAll()
  expect((await v1Counts(ctx.db, [id], NOW)).get(id)).toEqual(late)
})

it('a packed day that is damaged keeps no site from being judged: its split hour counts as a whole', async () => {
  const before = await v1Counts(ctx.db, ids, NOW)
  await sql`update packed_visit set data = '\\x00' where day = ${utcDay(NOW - 3 * DAY)}`.execute(ctx.db)
  const after = await v1Counts(ctx.db, ids, NOW)
  for (const id of ids) {
    const { perDay, failedPerDay, ...all } = before.get(id) ?? {}
    expect(after.get(id)).toMatchObject(all)
    expect(after.get(id)?.perDay.toSpliced(2, 2)).toEqual(perDay?.toSpliced(2, 2))
  }
})
