import { afterAll, beforeAll, expect, it } from 'vitest'
import { DRAWN_STYLES, isDrawn } from '../../../server/demo/cast/cast.ts'
import { behaviourAt, truthAt } from '../../../server/demo/fleet/script.ts'
import { readHome } from '../../../server/monitor/visit/reading.ts'
import { localDay } from '../../../shared/base/time.ts'
import { judgeV2 } from '../../support/rules-2015.ts'
import { NOW, openWorld, sites, type World } from './support.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const drawn = sites.filter((site) => isDrawn(behaviourAt(site, NOW).traits.home))

it('the fleet has a site of each way in which scripts draw lists', () => {
  expect(new Set(drawn.map((site) => behaviourAt(site, NOW).traits.home))).toEqual(new Set(DRAWN_STYLES))
})

it.each(drawn.map((site) => [behaviourAt(site, NOW).traits.home, site] as const))(
  '%s: its lists were not seen, so nobody calls it not updated',
  async (_, site) => {
    world.clock.nowMs = NOW
    const ref = localDay(NOW)
    const url = world.urlOf(site)
    const visit = await world.prober.visit({ url })
    expect(visit.result.outcome).toBe('ok')
    const { finding } = await readHome({
      prober: world.prober,
      visit,
      body: visit.body!,
      url,
      ref,
      signal: new AbortController().signal,
      isClosing: false,
      onLong: () => {},
    })
    expect(finding).toMatchObject({ outcome: 'unreadable', reason: 'drawn_by_script', newest: null })
    expect(judgeV2(finding, ref)).toBe('insufficient')
    expect(truthAt(site, NOW).reading).toBe('unreadable')
  },
)
