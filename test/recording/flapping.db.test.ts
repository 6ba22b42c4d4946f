import { describe, expect, it } from 'vitest'
import { recordVisits } from '../../server/recording/record.ts'
import { MINUTE, SECOND } from '../../shared/base/time.ts'
import type { Cause } from '../../shared/monitor/visit/probes.ts'
import { ctx, kinds, live, recordOnASite, site, state, visited } from './recorded.ts'

recordOnASite()

describe('a site that flaps', () => {
  it('has one alert for all its outages, says so, and tells how it is when it calms down', async () => {
    const see = async (cause: Cause | undefined, times: number, spaced = true) => {
      for (let n = 0; n < times; n++) {
        ctx.clock.advance(30 * SECOND)
        await recordVisits(ctx, [visited({ ...(cause && { cause }), extra: !spaced })])
      }
    }
    const flap = async () => {
      await see('http_5xx', 1)
      await see('http_5xx', 2, false)
      await see(undefined, 1, false)
      await see(undefined, 1)
    }
    await flap()
    expect((await state()).flapping, 'one outage is an outage').toBe(false)
    const flapping = await ctx.told(async () => {
      await flap()
      await flap()
      await flap()
    })
    expect((await state()).flapping).toBe(true)
    const alerts = flapping.filter((fact) => fact.kind.startsWith('alert.'))
    expect(kinds(alerts), 'of three outages the first reopens the alert, and no more').toEqual([
      'alert.reopened',
    ])
    expect(await live()).toMatchObject([{ rule: 'DOWN', status: 'open', recurrences: 1 }])
    const calm = await ctx.told(() => see(undefined, 20))
    expect(kinds(calm)).toEqual(['site.changed', 'alert.resolved'])
    expect(calm[0]).toMatchObject({ data: { after: { availability: 'up', flapping: false } } })
    expect(await live()).toEqual([])
  })
})

describe('a site that stops flapping', () => {
  it('is announced as down, with its alert, when that is how it stays', async () => {
    const see = (cause: Cause | undefined, count: number) =>
      ctx.told(async () => {
        for (let n = 0; n < count; n++) {
          ctx.clock.advance(5 * MINUTE)
          await recordVisits(ctx, [visited(cause ? { cause } : {})])
        }
      })
    for (let n = 0; n < 4; n++) {
      await see('timeout', 3)
      await see(undefined, 2)
    }
    expect(await state()).toMatchObject({ flapping: true, availability: 'up' })
    const told = await see('timeout', 25)
    expect(await state()).toMatchObject({ flapping: false, availability: 'down' })
    expect(told.at(-1), 'the last word').toMatchObject({
      kind: 'site.changed',
      data: { after: { availability: 'down', flapping: false } },
    })
    const live = await ctx.db
      .selectFrom('alert')
      .select('status')
      .where('site_id', '=', site.id)
      .where('rule', '=', 'DOWN')
      .execute()
    expect(live).toEqual([{ status: 'open' }])
  })
})
