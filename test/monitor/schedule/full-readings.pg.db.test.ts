import { afterAll, beforeAll, expect, it } from 'vitest'
import { READER } from '../../../server/monitor/visit/reading/print.ts'
import { type Reader, slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import { type Measuring, startMeasuring } from '../../../server/recording/measuring.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { patient } from '../../support/run/patience.ts'
import { until } from '../../support/until.ts'
import { visitOf } from '../../support/visits/visited.ts'
import { VirtualTime } from '../../week/virtual-time.ts'

/* Turns, readings, confirmations and records of sites whose pages never change, by a clock that the test sets. */

const PAGE =
  '<html><head><title>某局</title></head><body><h2>工作动态</h2><ul><li><a href="/1.html">关于召开安全生产会议的通知</a><span>2026-03-08</span></li><li><a href="/2.html">全区安全生产工作会议在我局召开</a><span>2026-03-05</span></li></ul></body></html>'
const SITES = 3
const EVERY_MS = 30 * MINUTE

let fresh: FreshDatabase
let ctx: TestContext
let time: VirtualTime
let measuring: Measuring
let sites: MadeSite[]
/** Pages that are being read. */
let underWay = 0
/** When pages were read in full, by their addresses. */
const readIn = new Map<string, number[]>()

beforeAll(async () => {
  fresh = await freshDatabase()
  const base = testContext(fresh)
  time = new VirtualTime({
    startMs: base.clock.now(),
    isBusy: () => underWay > 0 || fresh.connection.pool.totalCount > fresh.connection.pool.idleCount,
    nextTick: (atMs, everyMs) => atMs + Math.max(everyMs, EVERY_MS),
  })
  ctx = { ...base, clock: { ...base.clock, now: () => time.now() } }
  sites = []
  for (let n = 0; n < SITES; n++)
    sites.push(
      await makeSite(
        ctx.db,
        { interval_s: EVERY_MS / SECOND },
        { finding: null, finding_at: null, read_at: null, read_by: null },
      ),
    )
  const prober: Prober = {
    async visit({ url, onOpen }) {
      onOpen?.()
      const { result } = visitOf({ id: 0, url }, time.now())
      return { result, body: Buffer.from(PAGE), headers: { 'content-type': 'text/html; charset=utf-8' } }
    },
    close() {},
  }
  const reader: Reader = {
    ...slicedReader,
    async read(order) {
      underWay++
      const answer = await slicedReader.read(order).finally(() => underWay--)
      if (answer.read) readIn.set(order.url, [...(readIn.get(order.url) ?? []), time.now()])
      return answer
    },
  }
  measuring = await startMeasuring({
    ...{ ctx, timers: time, prober, demoProber: null, references: [], reader },
    onVisit: () => {},
  })
  await pass(MINUTE)
})
afterAll(async () => {
  const stopped = measuring.stop()
  await time.runUntil(time.now() + MINUTE)
  await stopped
  await fresh.drop()
})

/** Time passes, and after each turn waits until what was read is recorded. */
async function pass(ms: number): Promise<void> {
  for (const end = time.now() + ms; time.now() < end; ) {
    const before = timesRead().join()
    await time.runUntil(Math.min(end, time.now() + EVERY_MS))
    if (timesRead().join() !== before) await until('what was read is recorded', isRecorded)
  }
}
async function isRecorded(): Promise<boolean> {
  const states = await ctx.db.selectFrom('site_state').select(['site_id', 'read_at']).execute()
  const readAt = new Map(states.map(({ site_id, read_at }) => [site_id, read_at?.getTime() ?? 0]))
  return sites.every(({ id, url }) => (readAt.get(id) ?? 0) >= (readIn.get(url)?.at(-1) ?? 0))
}
const timesRead = () => sites.map(({ url }) => readIn.get(url)?.length ?? 0)

it(
  'a page that never changes is read in full once a week, however often it is seen to be as it was',
  async () => {
    await pass(HOUR)
    expect(timesRead(), 'nothing was known of them').toEqual(sites.map(() => 1))
    await pass(6 * DAY)
    expect(timesRead()).toEqual(sites.map(() => 1))
    const known = await ctx.db.selectFrom('site_state').select(['finding_at', 'read_at']).execute()
    for (const { finding_at, read_at } of known) {
      expect(time.now() - (finding_at?.getTime() ?? 0), 'what was found stands as of today').toBeLessThan(
        DAY + HOUR,
      )
      expect(time.now() - (read_at?.getTime() ?? 0)).toBeGreaterThan(6 * DAY - HOUR)
    }
    await pass(2 * DAY + HOUR)
    expect(timesRead()).toEqual(sites.map(() => 2))
  },
  patient(60_000),
)

it('pages that a former version of the reader has read are read anew within the day, each in its own hour', async () => {
  readIn.clear()
  await ctx.db
    .updateTable('site_state')
    .set({ read_by: READER - 1 })
    .execute()
  await pass(DAY + HOUR)
  expect(timesRead()).toEqual(sites.map(() => 1))
  const times = [...readIn.values()].flat()
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(8 * HOUR)
})
