import { describe, expect, it } from 'vitest'
import { countToDecide } from '../../../server/desk/pauses/queries.ts'
import { coverOf, decidePause, filePause } from '../../../server/desk/pauses/service.ts'
import { claimDueSites } from '../../../server/monitor/schedule/queries.ts'
import { ensureVisitPartitions } from '../../../server/monitor/visit-store/partitions.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert } from '../../support/make.ts'
import { visitOf } from '../../support/visits/visited.ts'
import {
  actions,
  ctx,
  detail,
  haizhu,
  iso,
  look,
  mine,
  neighbour,
  only,
  pausedNow,
  people,
  plan,
  planOnThreeSites,
} from './plans.ts'

planOnThreeSites()

describe('a window begins and ends by itself', () => {
  it('as one story: alerts resolved, nothing visited or counted, then visited again', async () => {
    const before = (await actions()).length
    const { id } = await makeAlert(ctx.db, { site: mine })
    await filePause(ctx, people.duty, plan())
    expect(await pausedNow(), 'not before it begins').toEqual([])
    ctx.clock.advance(HOUR)
    const facts = await ctx.told(look)
    expect(facts).toMatchObject([
      { kind: 'site.changed', actor: null, siteId: mine.id, data: { after: { state: 'paused' } } },
      { kind: 'alert.resolved', data: { text: '机房检修', alert: { id } } },
      { kind: 'pause.begun', actor: null, siteId: mine.id },
    ])
    expect(await detail(mine)).toMatchObject({
      state: 'paused',
      pauseReason: '机房检修',
      pausedUntil: iso(ctx.clock.now() + 2 * HOUR),
    })
    expect(await ctx.told(look), 'a second process changes nothing').toEqual([])

    ctx.clock.advance(HOUR)
    await ensureVisitPartitions(ctx.db, [ctx.clock.now()])
    await ctx.db
      .updateTable('site_state')
      .set({ next_visit_at: new Date(ctx.clock.now()) })
      .execute()
    const claimed = await claimDueSites(ctx.db, {
      now: new Date(ctx.clock.now()),
      limit: 10,
      defaultIntervalS: 300,
      demoIntervalS: 30,
    })
    expect(claimed.map((site) => site.siteId)).not.toContain(mine.id)
    const counted = (await detail(mine)).window.total
    await recordVisits(ctx, [visitOf(mine, ctx.clock.now(), 'timeout')])
    expect((await detail(mine)).window.total, 'V1 has nothing of a visit that was under way').toBe(counted)

    ctx.clock.advance(HOUR)
    expect(await ctx.told(look)).toMatchObject([
      {
        kind: 'site.changed',
        actor: null,
        data: { before: { state: 'paused' }, after: { availability: 'unknown' } },
      },
      { kind: 'pause.ended', actor: null, siteId: mine.id, data: { pause: { state: 'ended' } } },
    ])
    expect(await detail(mine)).toMatchObject({ pauseReason: null, nextVisitAt: iso(ctx.clock.now()) })
    expect(await only(people.duty)).toMatchObject({ state: 'ended', running: null, next: null })
    expect((await actions()).slice(before)).toEqual([
      'pause.filed_and_approved',
      'pause.begun',
      'pause.ended',
    ])
  })

  it('begins up to a look early, so that no visit within it counts', async () => {
    await filePause(ctx, people.duty, plan())
    ctx.clock.advance(HOUR - 16 * SECOND)
    await look()
    expect(await pausedNow()).toEqual([])
    ctx.clock.advance(2 * SECOND)
    await look()
    expect(await pausedNow()).toEqual([mine.id])
  })

  it('comes again night after night, past midnight', async () => {
    // Tuesday 10:00; from 23:00 to 02:00 on Tuesdays and Wednesdays.
    const from = ctx.clock.now() + 13 * HOUR
    const until = iso(from + 1 * DAY).slice(0, 10)
    await filePause(
      ctx,
      people.duty,
      plan({ from: iso(from), to: iso(from + 3 * HOUR), repeat: { weekdays: [2, 3], until } }),
    )
    const states: number[] = []
    for (const hours of [13, 16, 37, 40, 61]) {
      ctx.clock.set(from - 13 * HOUR + hours * HOUR)
      await look()
      states.push((await pausedNow()).length)
    }
    expect(states, 'Tue 23:00, Wed 02:00, Wed 23:00, Thu 02:00, Thu 23:00').toEqual([1, 0, 1, 0, 0])
    expect(await only(people.duty)).toMatchObject({ state: 'ended' })
  })
})

describe('who files and who approves', () => {
  it('a unit files for its own sites and waits; its district approves', async () => {
    const filed = await filePause(ctx, people.owner, plan({ from: iso(ctx.clock.now()) }))
    expect(filed).toMatchObject({
      state: 'filed',
      mayDecide: false,
      mayWithdraw: true,
      sites: 1,
      name: mine.name,
    })
    await look()
    expect(await pausedNow(), 'downtime that nobody has approved counts as before').toEqual([])
    expect(await countToDecide(ctx.db, people.tianhe, ctx.clock.now())).toBe(1)
    expect(await countToDecide(ctx.db, people.haizhu, ctx.clock.now())).toBe(0)
    await refused(
      decidePause(ctx, people.haizhu, filed.id, { version: 1, reason: '', to: 'approved' }),
      'not_found',
    )
    await refused(
      decidePause(ctx, people.owner, filed.id, { version: 1, reason: '', to: 'approved' }),
      'forbidden',
    )
    const approved = await decidePause(ctx, people.tianhe, filed.id, {
      version: 1,
      reason: '',
      to: 'approved',
    })
    expect(approved).toMatchObject({ state: 'approved', version: 2, decidedBy: { name: '李晓燕' } })
    expect(await pausedNow(), 'from the approval on').toEqual([mine.id])
    const late = decidePause(ctx, people.duty, filed.id, { version: 1, reason: '不同意', to: 'refused' })
    expect(await refused(late, 'conflict')).toMatchObject({ current: { state: 'approved', version: 2 } })
  })

  it('nobody files for what is not wholly his; of a platform each has his own part', async () => {
    const platform = { kind: 'platform' as const, platform: 'tianhe-cloud' }
    expect(await coverOf(ctx, people.owner, platform)).toEqual({ sites: 1, approvedAtOnce: false })
    expect(await coverOf(ctx, people.tianhe, platform)).toEqual({ sites: 2, approvedAtOnce: true })
    expect(await coverOf(ctx, people.duty, platform)).toEqual({ sites: 3, approvedAtOnce: true })
    await refused(
      filePause(ctx, people.owner, plan({ target: { kind: 'district', district: '440106' } })),
      'forbidden',
    )
    await refused(filePause(ctx, people.haizhu, plan()), 'forbidden')
    await refused(
      filePause(ctx, people.duty, plan({ target: { kind: 'platform', platform: 'none' } })),
      'not_found',
    )
    await refused(filePause(ctx, people.duty, plan({ target: { kind: 'unit' } })), 'invalid')
    await filePause(ctx, people.duty, plan({ target: platform, from: iso(ctx.clock.now()) }))
    expect(await pausedNow()).toEqual([mine.id, neighbour.id, haizhu.id])
    expect(await only(people.owner), 'it concerns the unit, and is not its to undo').toMatchObject({
      sites: 3,
      mayWithdraw: false,
    })
    expect(await only(people.tianhe)).toMatchObject({ mayWithdraw: false })
  })

  it('a refusal says why; what nobody has answered in time has ended', async () => {
    const { id } = await filePause(ctx, people.owner, plan())
    await decidePause(ctx, people.tianhe, id, { version: 1, reason: '请改到夜间', to: 'refused' })
    expect(await only(people.owner)).toMatchObject({
      state: 'refused',
      answer: '请改到夜间',
      mayWithdraw: false,
    })
    const second = await filePause(ctx, people.owner, plan())
    ctx.clock.advance(3 * HOUR)
    await refused(
      decidePause(ctx, people.tianhe, second.id, { version: 1, reason: '', to: 'approved' }),
      'conflict',
    )
    await look()
    expect(await only(people.owner)).toMatchObject({ state: 'ended', decidedAt: null })
  })

  it('is never dated back over visits that have counted', async () => {
    await refused(filePause(ctx, people.duty, plan({ from: iso(ctx.clock.now() - MINUTE) })), 'invalid')
  })
})
