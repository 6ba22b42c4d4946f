import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commandAlert } from '../../../server/desk/alerts/service.ts'
import { sayThere, storeLooks } from '../../../server/monitor/vantages/queries.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { markStalled } from '../../../server/recording/stall.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import { makePeople, type People } from '../../support/people.ts'
import { ctx, kinds, live, recordOnASite, site, state, visited } from '../recorded.ts'

/* What becomes of the alert of an outage, and of its acknowledgement, by visits that say nothing of the site. */

recordOnASite()

let people: People
beforeAll(async () => {
  people = await makePeople(ctx.db)
})

/** The site is visited at its turns, and found well or failing for a cause. */
const see = (...causes: (Cause | 'well')[]) =>
  ctx.told(async () => {
    for (const cause of causes) {
      ctx.clock.advance(MINUTE)
      await recordVisits(ctx, [visited(cause === 'well' ? {} : { cause })])
    }
  })
/** No monitor is there for an hour, and the watchdog says so. */
const away = async () => {
  ctx.clock.advance(HOUR)
  await markStalled(ctx, ctx.clock.now())
}
/** Another place reaches the site. */
async function looks(name: string): Promise<void> {
  const now = new Date(ctx.clock.now())
  const id = await sayThere(ctx.db, { name, region: null, demo: false }, now)
  await ctx.db.insertInto('vantage_look').values({ site_id: site.id, vantage_id: id, next_at: now }).execute()
  const seen = { outcome: 'ok', cause: null, status: 200, totalMs: 80, everyS: 900, putOffMs: null } as const
  await storeLooks(ctx.db, id, [{ siteId: site.id, atMs: ctx.clock.now(), ...seen }])
}
const ofAlerts = async (told: ReturnType<typeof see>) =>
  kinds(await told).filter((kind) => kind.startsWith('alert.'))
/** What stands of its outage. */
const outage = async () => {
  const [alert, ...others] = await live()
  expect(others).toEqual([])
  return alert && [alert.rule, alert.status, alert.recurrences]
}
const ACKNOWLEDGED = ['DOWN', 'acknowledged', 0]

describe('a site that is down', () => {
  beforeEach(async () => {
    await see('timeout', 'timeout', 'timeout')
    const [alert] = await live()
    if (!alert) throw new Error('no alert')
    await commandAlert(ctx, people.duty, alert, { action: 'acknowledge', note: '已联系' })
  })

  it('and behind a firewall keeps its alert, its acknowledgement and its beginning through one answer of it', async () => {
    const { since } = await state()
    expect(await ofAlerts(see('blocked_rate_limit', 'timeout', 'blocked_firewall', 'reset'))).toEqual([])
    expect(await outage()).toEqual(ACKNOWLEDGED)
    expect(await state()).toMatchObject({ availability: 'down', cause: 'reset', since })
  })

  it('keeps them when the monitors come back after they were away, and is missed as before', async () => {
    await away()
    expect(await state()).toMatchObject({ availability: 'unknown', cause: 'stalled' })
    expect(await ofAlerts(see('timeout', 'timeout'))).toEqual([])
    expect(await state(), 'it is to be confirmed anew').toMatchObject({ availability: 'suspect' })
    expect(await outage(), 'and nobody is told that it is over meanwhile').toEqual(ACKNOWLEDGED)
    expect(await ofAlerts(see('timeout', 'timeout'))).toEqual([])
    expect(await state()).toMatchObject({ availability: 'down' })
    expect(await outage()).toEqual(ACKNOWLEDGED)
  })

  it('keeps them when the monitor itself could not look once', async () => {
    expect(await ofAlerts(see('monitor_error', 'timeout', 'timeout', 'timeout'))).toEqual([])
    expect(await outage()).toEqual(ACKNOWLEDGED)
  })

  it('has its alert resolved by the first good visit after the monitors were away', async () => {
    await away()
    expect(await ofAlerts(see('well'))).toEqual(['alert.resolved'])
    expect(await state()).toMatchObject({ availability: 'up' })
  })

  it('has its alert resolved by a good visit while it is suspected once more', async () => {
    await away()
    expect(await ofAlerts(see('timeout', 'well'))).toEqual(['alert.resolved'])
    expect(await ofAlerts(see('timeout')), 'and a miss after that is a first one').toEqual([])
    expect(await outage()).toBeUndefined()
  })

  it('has its alert resolved when other places reach it by the third miss after that', async () => {
    await away()
    await see('timeout', 'timeout')
    await looks('上海')
    await looks('北京')
    expect(await ofAlerts(see('timeout'))).toEqual(['alert.resolved'])
    expect(await state()).toMatchObject({ availability: 'suspect', cause: 'reached_elsewhere' })
  })

  it('keeps its alert through one answer of a firewall after that, and not through two', async () => {
    await away()
    expect(await ofAlerts(see('blocked_captcha'))).toEqual([])
    expect(await outage()).toEqual(ACKNOWLEDGED)
    expect(await ofAlerts(see('blocked_captcha'))).toEqual(['alert.resolved'])
  })

  it('whose alert was resolved by hand does not have it back by a visit that says nothing of it', async () => {
    const [alert] = await live()
    if (!alert) throw new Error('no alert')
    await commandAlert(ctx, people.duty, alert, { action: 'resolve', note: '已关停' })
    expect(await ofAlerts(see('blocked_firewall', 'monitor_error', 'timeout', 'timeout'))).toEqual([])
    expect(await ofAlerts(see('timeout')), 'only once it is confirmed').toEqual(['alert.reopened'])
  })

  it('has its alert resolved once it cannot be looked at any more, which is not the monitor’s fault of a moment', async () => {
    expect(await ofAlerts(see('monitor_error', 'monitor_error', 'refused_address'))).toEqual([])
    expect(await outage()).toEqual(ACKNOWLEDGED)
    expect(await ofAlerts(see('refused_address'))).toEqual(['alert.resolved'])
  })

  it('is no longer called so once a firewall has answered twice in a row', async () => {
    expect(await ofAlerts(see('blocked_firewall', 'blocked_firewall'))).toEqual(['alert.resolved'])
    expect(await state()).toMatchObject({ availability: 'blocked', fail_streak: 2 })
  })
})

describe('a site that is blocked for long', () => {
  beforeEach(async () => {
    await see('blocked_firewall', 'blocked_firewall', 'blocked_firewall', 'blocked_firewall')
  })

  it('is no outage where the way to it fails now and then', async () => {
    const told = see('timeout', 'blocked_firewall', 'blocked_firewall', 'reset', 'reset', 'blocked_firewall')
    expect(await ofAlerts(told)).toEqual([])
    expect(await state()).toMatchObject({ availability: 'suspect', cause: 'reset' })
  })

  it('is one once it was missed three times', async () => {
    expect(await ofAlerts(see('timeout', 'timeout'))).toEqual([])
    expect(await ofAlerts(see('timeout'))).toEqual(['alert.opened'])
    expect(await state()).toMatchObject({ availability: 'down', cause: 'timeout' })
  })
})
