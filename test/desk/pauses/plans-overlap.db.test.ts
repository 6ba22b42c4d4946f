import { describe, expect, it } from 'vitest'
import { pauseSite } from '../../../server/desk/pauses/pause-now.ts'
import { filePause, withdrawPause } from '../../../server/desk/pauses/service.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { refused } from '../../support/expect.ts'
import {
  ctx,
  detail,
  iso,
  look,
  mine,
  neighbour,
  pausedNow,
  people,
  plan,
  planOnThreeSites,
} from './plans.ts'

planOnThreeSites()

describe('windows that overlap', () => {
  it('keep a site paused until the last of them ends, without a gap', async () => {
    const now = ctx.clock.now()
    await filePause(ctx, people.duty, plan({ from: iso(now), to: iso(now + 2 * HOUR), reason: '甲' }))
    await filePause(ctx, people.duty, plan({ from: iso(now + HOUR), to: iso(now + 3 * HOUR), reason: '乙' }))
    await filePause(
      ctx,
      people.duty,
      plan({ from: iso(now + 3 * HOUR), to: iso(now + 4 * HOUR), reason: '丙' }),
    )
    const facts = await ctx.told(async () => {
      for (let ms = now; ms < now + 4 * HOUR; ms += 15 * SECOND * 20) {
        ctx.clock.set(ms)
        await look()
        ctx.clock.set(ms + 15 * SECOND * 19)
        await look()
      }
    })
    expect(
      facts.filter(({ kind }) => !kind.startsWith('pause.')),
      'nobody sees one end and the next begin',
    ).toEqual([])
    expect(await detail(mine)).toMatchObject({ pauseReason: '丙', pausedUntil: iso(now + 4 * HOUR) })
    ctx.clock.set(now + 4 * HOUR)
    await look()
    expect(await pausedNow()).toEqual([])
  })

  it('a pause by hand that lasts longer is left alone', async () => {
    const now = ctx.clock.now()
    await pauseSite(ctx, people.duty, mine.id, { until: iso(now + 2 * HOUR), reason: '手工' })
    const filed = await filePause(ctx, people.duty, plan({ from: iso(now), to: iso(now + HOUR) }))
    expect(await detail(mine)).toMatchObject({ pauseReason: '手工', pausedUntil: iso(now + 2 * HOUR) })
    await withdrawPause(ctx, people.duty, filed.id, { version: 1, reason: '' })
    expect(await pausedNow()).toEqual([mine.id])
  })
})

describe('ending early', () => {
  it('a plan that is withdrawn while it runs ends at once', async () => {
    const filed = await filePause(ctx, people.duty, plan({ from: iso(ctx.clock.now()) }))
    expect(await pausedNow()).toEqual([mine.id])
    await refused(withdrawPause(ctx, people.owner, filed.id, { version: 1, reason: '' }), 'forbidden')
    const after = await withdrawPause(ctx, people.duty, filed.id, { version: 1, reason: '检修取消' })
    expect(after).toMatchObject({ state: 'withdrawn', answer: '检修取消', mayWithdraw: false })
    expect(await pausedNow()).toEqual([])
  })

  it('resumed by hand, a site is out of this window, and in the next again', async () => {
    const now = ctx.clock.now()
    const repeat = { weekdays: [1, 2, 3, 4, 5, 6, 7], until: iso(now + 2 * DAY).slice(0, 10) }
    const target = { kind: 'district' as const, district: '440106' }
    await filePause(ctx, people.tianhe, plan({ target, from: iso(now), to: iso(now + HOUR), repeat }))
    expect(await pausedNow()).toEqual([mine.id, neighbour.id])
    ctx.clock.advance(10 * MINUTE)
    await pauseSite(ctx, people.duty, mine.id, { until: null, reason: '' })
    await look()
    expect(await pausedNow()).toEqual([neighbour.id])
    ctx.clock.set(now + DAY)
    await look()
    expect(await pausedNow()).toEqual([mine.id, neighbour.id])
  })
})
