import { afterAll, beforeAll, expect, it } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { foldTo, keepCheckpoints } from '../../../server/city/replay/checkpoints.ts'
import { factsOf } from '../../../server/city/replay/fold.ts'
import type { NewFact } from '../../../shared/base/facts.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { site as siteRow } from '../../base/live/made.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'

/** The last number that the demo's facts had: they went with it, and the numbers of those after them go on. */
const DEMO = 5_000

let fresh: FreshDatabase
let site: MadeSite

beforeAll(async () => {
  fresh = await freshDatabase()
  site = await makeSite(fresh.db)
  await fresh.db.updateTable('fact_counter').set({ seq: DEMO }).execute()
})
afterAll(() => fresh.drop())

/** Tells so many facts of the site, which is down and healthy by turns. */
async function tell(count: number): Promise<void> {
  const facts = Array.from({ length: count }, (_, n): NewFact => {
    const at = new Date(TUESDAY + n * SECOND).toISOString()
    const after = factsOf(siteRow(site.id, { state: n % 2 === 0 ? 'down' : 'healthy' }))
    const { id: siteId, district } = site
    return { at, siteId, district, actor: null, kind: 'site.changed', data: { before: null, after } }
  })
  await fresh.db.transaction().execute((tx) => appendFacts(tx, facts))
}

async function checkpoints(): Promise<number[]> {
  const rows = await fresh.db.selectFrom('board_checkpoint').select('seq').orderBy('seq').execute()
  return rows.map(({ seq }) => seq)
}

it('after a register has replaced the demo, checkpoints are made of the facts there are', async () => {
  const { db } = fresh
  expect(await keepCheckpoints(db), 'there is no fact yet').toBe(false)
  await tell(1)
  expect(await keepCheckpoints(db)).toBe(false)
  expect(await checkpoints()).toEqual([])
  await tell(1_399)
  const before = await foldTo(db, DEMO + 1_300)
  expect(await keepCheckpoints(db)).toBe(false)
  expect(await checkpoints()).toEqual([DEMO + 1_000])
  expect(await foldTo(db, DEMO + 1_300)).toEqual(before)
  expect(before.sites.get(site.id)?.state).toBe('down')
})

it('a number of the demo, which no fact has any more, is before all that is known', async () => {
  const board = await foldTo(fresh.db, DEMO - 1_000)
  expect([board.seq, board.sites.size]).toEqual([0, 0])
})
