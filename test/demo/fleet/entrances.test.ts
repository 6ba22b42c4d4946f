import { afterAll, beforeAll, expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { behaviourAt, truthAt } from '../../../server/demo/fleet/script.ts'
import { readBehindEntrance } from '../../../server/monitor/visit/reading/entrance.ts'
import { entranceSeen } from '../../../server/monitor/visit/reading/lists-seen.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import { DAY, localDay } from '../../../shared/base/time.ts'
import { judgeV2 } from '../../support/rules-2015.ts'
import { NOW, openWorld, sites, type World } from './support.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const entrances = sites.filter((site) => behaviourAt(site, NOW).traits.home === 'entrance')

it('the fleet has sites whose home page is only an entrance', () => {
  expect(entrances).toHaveLength(4)
})

it.each([0, 20, 60].flatMap((days) => entrances.map((site) => [site.name, days, site] as const)))(
  '%s, %i days on, is judged by its second-level pages',
  async (_, days, site) => {
    world.clock.nowMs = NOW + days * DAY
    const ref = localDay(world.clock.nowMs)
    const url = world.urlOf(site)
    const { body, headers, result } = await world.prober.visit({ url })
    expect(result.outcome).toBe('ok')
    const page = { bytes: body!, contentType: headers['content-type'], kind: 'home', ref, url } as const
    const { read: home } = await slicedReader.read({ ...page, isCut: false, isClosing: false })
    expect(home!.finding).toMatchObject({ entrance: true, newest: null })
    expect(judgeV2(home!.finding, ref), 'by itself it says nothing').toBe('insufficient')
    const signal = new AbortController().signal
    const by = { prober: world.prober, reader: slicedReader, ref, signal }
    const { finding, lists } = await readBehindEntrance(by, home!)
    const truth = truthAt(site, world.clock.nowMs)
    expect(finding.newest).toBe(truth.newest)
    expect(lists.length).toBeLessThanOrEqual(12)
    expect(finding.pages?.map((page) => page.url)).toContain(finding.evidence?.page)
    expect(finding.evidence?.href, 'links can be followed').toMatch(/^https?:/)
    const state = judgeV2(finding, ref)
    if (truth.state === 'healthy') expect(state).toBe('ok')
    if (truth.state === 'dormant') expect(state).toBe('violated')
    expect(atOnce(entranceSeen(lists)).columns.map((column) => column.name)).toEqual(
      expect.arrayContaining(['工作动态', '通知公告', '政策文件']),
    )
  },
)
