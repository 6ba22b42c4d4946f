import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { claimDocument, keepPart } from '../../../server/census/documents/claim.ts'
import { beginAnew, makeWaiting } from '../../../server/census/documents/making.ts'
import { insertDocument, makeDocument, requireMade } from '../../../server/census/documents/service.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
const sent: number[] = []
const jobs = { send: async (_: string, data: object) => void sent.push((data as { id: number }).id) }
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  await makeSite(fresh.db)
})
afterAll(() => fresh.drop())

/** A document as a process leaves it that was killed at its second piece, so long ago. */
async function brokenOff(agoMs: number): Promise<number> {
  const { id } = await makeDocument(ctx, jobs, people.duty, { kind: 'register' })
  await sql`update document set data = null, data_hash = null where id = ${id}`.execute(fresh.db)
  const claim = await claimDocument({ ...ctx, clock: { now: () => ctx.clock.now() - agoMs } }, id)
  await claim?.end(false)
  await keepPart(ctx, claim ?? { id, maker: '', end: async () => {} }, 7, [['half', 'a', 'row']])
  return id
}
const parts = (id: number) =>
  fresh.db.selectFrom('document_part').select('part').where('document_id', '=', id).orderBy('part').execute()

it('a document whose maker was killed is begun anew, whole, once, and nothing of it can be had before', async () => {
  const id = await brokenOff(60_000)
  await refused(requireMade(fresh.db, people.duty, id), 'conflict')
  sent.length = 0
  await beginAnew(ctx, jobs)
  await beginAnew(ctx, jobs)
  expect(sent).toEqual([id])
  await Promise.all([makeWaiting(ctx, id), makeWaiting(ctx, id)])
  expect((await requireMade(fresh.db, people.duty, id)).data.denominator).toBe(1)
  expect((await parts(id)).map(({ part }) => part)).not.toContain(7)
})

it('one that somebody is at is left to them', async () => {
  const id = await brokenOff(1_000)
  sent.length = 0
  await beginAnew(ctx, jobs)
  await makeWaiting(ctx, id)
  expect(sent).toEqual([])
  await refused(requireMade(fresh.db, people.duty, id), 'conflict')
})

it('who was taken for gone and is not, writes nothing more', async () => {
  const id = await brokenOff(60_000)
  const slow = await claimDocument(ctx, id)
  if (!slow) throw new Error('it is free')
  const later = { ...ctx, clock: { now: () => ctx.clock.now() + 60_000 } }
  const next = await claimDocument(later, id)
  expect(next).not.toBeNull()
  await refused(keepPart(ctx, slow, 0, [['x']]), 'conflict')
  await slow.end(false)
  await next?.end(true)
  expect(await parts(id)).toEqual([])
})

it('one that cannot be made is not begun again and again by the clock, but by who tries it again', async () => {
  const id = await brokenOff(60_000)
  await (await claimDocument(ctx, id))?.end(true)
  sent.length = 0
  await beginAnew({ ...ctx, clock: { now: () => ctx.clock.now() + 86_400_000 } }, jobs)
  expect(sent).not.toContain(id)
  await makeWaiting(ctx, id)
  expect((await requireMade(fresh.db, people.duty, id)).row.data_hash).not.toBeNull()
})

const later = (ms: number) => ({ ...ctx, clock: { now: () => ctx.clock.now() + ms } })
const waiting = () =>
  insertDocument(ctx, people.duty, {
    ...{ asked: { kind: 'register' as const }, where: { district: null, unitId: null }, total: 9_000 },
  })

it('one that waits behind others is not called broken off, and is queued again only when its job must be lost', async () => {
  const id = await waiting()
  sent.length = 0
  for (const minutes of [1, 2, 20]) await beginAnew(later(minutes * 60_000), jobs)
  expect(sent).not.toContain(id)
  for (const minutes of [31, 32]) await beginAnew(later(minutes * 60_000), jobs)
  expect(sent.filter((one) => one === id)).toEqual([id])
})

it('one whose drafter has no account any more fails with words, and is not begun by the clock', async () => {
  const id = await waiting()
  const disabled = (at: Date | null) =>
    fresh.db.updateTable('user_account').set({ disabled_at: at }).where('id', '=', people.duty.id).execute()
  await disabled(new Date(ctx.clock.now()))
  await expect(makeWaiting(ctx, id)).rejects.toThrow('起草人')
  sent.length = 0
  await beginAnew(later(86_400_000), jobs)
  expect(sent).not.toContain(id)
  await disabled(null)
  await makeWaiting(ctx, id)
  expect((await requireMade(fresh.db, people.duty, id)).data.denominator).toBe(1)
})
