import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../server/base/clock.ts'
import { parseConfig } from '../../server/base/config.ts'
import { claimDueSites } from '../../server/monitor/schedule/queries.ts'
import { type Monitor, startMonitor } from '../../server/recording/monitor.ts'
import { MINUTE } from '../../shared/base/time.ts'
import { testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { makeSite } from '../support/make.ts'
import { type Behaviour, hang, startSites, type TestSites } from '../support/registers/sites.ts'
import { until } from '../support/until.ts'

/* A monitor that is stopped in the midst of its work, with pages read in a thread as they are in earnest. */

const LABELS = ['one', 'two', 'three', 'four']
let fresh: FreshDatabase
let sites: TestSites

beforeAll(async () => {
  fresh = await freshDatabase()
  sites = await startSites()
})
afterAll(async () => {
  await sites.close()
  await fresh.drop()
})
beforeEach(async () => {
  await fresh.db.updateTable('site').set({ pause_reason: 'done', paused_until: null }).execute()
})

/** Sites that are due now, and a monitor that has just been started. */
async function watch(labels: readonly string[], read_again = false): Promise<Monitor> {
  const base = testContext(fresh)
  const config = parseConfig(
    { READER_THREADS: '1', ALLOW_ADDRESSES: '127.0.0.0/8', HOSTS: '*.localhost=127.0.0.1' },
    [],
  )
  const ctx = { ...base, config, clock: { ...base.clock, now: systemClock.now } }
  const at = new Date(systemClock.now())
  for (const label of labels) {
    await makeSite(ctx.db, { url: sites.url(label) }, { finding: null, finding_at: null, read_again }, at)
  }
  const [noVisit, notLate] = [() => {}, () => 0]
  return startMonitor(ctx, null, noVisit, notLate)
}

const asides = () => fresh.db.selectFrom('set_aside').select(['kind', 'error']).execute()
const findings = () =>
  fresh.db
    .selectFrom('site_state')
    .innerJoin('site', 'site.id', 'site_state.site_id')
    .select(['site_id', 'finding'])
    .where('pause_reason', 'is', null)
    .where('finding', 'is not', null)
    .execute()

it('sets no page aside that waits to be read: it stays due', async () => {
  const monitor = await watch(LABELS)
  await until('all pages wait for the thread, which is being started', () => monitor.readings.waiting === 4)
  await monitor.stop()
  expect(await asides()).toEqual([])
  expect(await findings()).toEqual([])
})

it('finds nothing on a page whose frame was being visited', async () => {
  const framed: Behaviour = (req, res) =>
    req.url === '/'
      ? void res
          .writeHead(200, { 'content-type': 'text/html' })
          .end(
            '<html><body><p>Welcome</p><iframe src="/list.html" width="900" height="600"></iframe></body></html>',
          )
      : hang(req, res)
  sites.set('framed', framed)
  const monitor = await watch(['framed'])
  await until('its frame is visited', () => sites.visits('framed') === 2)
  await monitor.stop()
  expect(await findings()).toEqual([])
  expect(await asides()).toEqual([])
})

it('makes the visits again that were asked for and came to nothing: those under way, and those whose page waits', async () => {
  sites.set('hung', hang)
  const monitor = await watch(['hung', ...LABELS], true)
  await until('one is under way', () => sites.visits('hung') === 1)
  await until('the pages of the others wait', () => monitor.readings.waiting === 4)
  await monitor.stop()
  const asked = await fresh.db
    .selectFrom('site_state')
    .select('site_id')
    .where('read_again', 'is', true)
    .where('next_visit_at', '<=', new Date(systemClock.now()))
    .execute()
  expect(asked).toHaveLength(5)
})

it('reads a page that somebody asked for at the next turn, where a monitor took the turn and died', async () => {
  const readAt = async () => {
    const row = await fresh.db
      .selectFrom('site_state')
      .innerJoin('site', 'site.id', 'site_state.site_id')
      .select('finding_at')
      .where('url', '=', sites.url('lost'))
      .executeTakeFirst()
    return row?.finding_at?.getTime() ?? 0
  }
  const first = await watch(['lost'])
  await until('its page was read', async () => (await readAt()) > 0)
  await first.stop()
  const ago = (await readAt()) - 15 * MINUTE
  const now = new Date(systemClock.now())
  const due = (change: object) =>
    fresh.db
      .updateTable('site_state')
      .set({ next_visit_at: now, ...change })
      .where('finding_at', 'is not', null)
      .execute()
  await due({ finding_at: new Date(ago), read_again: true })
  const round = { now, limit: 10, defaultIntervalS: 300, demoIntervalS: 30 }
  expect(await claimDueSites(fresh.db, round)).toMatchObject([{ asked: true }])
  await due({})
  const second = await watch([])
  await until('it was read again', async () => (await readAt()) > ago)
  await second.stop()
})
