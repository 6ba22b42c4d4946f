import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commandAlert } from '../../../server/desk/alerts/service.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import { makePeople, type People } from '../../support/people.ts'
import { ctx, kinds, live, recordOnASite, state, visited } from '../recorded.ts'

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
      ctx.clock.advance(5 * MINUTE)
      await recordVisits(ctx, [visited(cause === 'well' ? {} : { cause })])
    }
  })
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
    expect(await state()).toMatchObject({ availability: 'suspect', cause: 'blocked_firewall' })
  })

  it('is one once it was missed three times', async () => {
    expect(await ofAlerts(see('timeout', 'timeout'))).toEqual([])
    expect(await ofAlerts(see('timeout'))).toEqual(['alert.opened'])
    expect(await state()).toMatchObject({ availability: 'down', cause: 'timeout' })
  })
})
