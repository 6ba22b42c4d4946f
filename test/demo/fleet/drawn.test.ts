import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DRAWN_STYLES, holdsItsItems, isDrawn } from '../../../server/demo/cast/cast.ts'
import { listScript } from '../../../server/demo/fleet/pages/looks/scripts.ts'
import { behaviourAt, truthAt } from '../../../server/demo/fleet/script.ts'
import { readOn } from '../../../server/monitor/visit/reading/read-on.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
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
  '%s: its lists are read rightly from the data of its page, or were not seen, and nobody calls it not updated',
  async (_, site) => {
    world.clock.nowMs = NOW
    const ref = localDay(NOW)
    const url = world.urlOf(site)
    const visit = await world.prober.visit({ url })
    expect(visit.result.outcome).toBe('ok')
    const page = {
      bytes: visit.body!,
      contentType: visit.headers['content-type'],
      kind: 'home',
      ref,
      url,
    } as const
    const { read } = await slicedReader.read({ ...page, isCut: false, isClosing: false })
    const by = { prober: world.prober, reader: slicedReader, ref, signal: new AbortController().signal }
    const { finding } = await readOn(by, read!, url)
    const { newest, reading } = truthAt(site, NOW)
    if (holdsItsItems(behaviourAt(site, NOW).traits.home)) {
      expect(finding).toMatchObject({ outcome: 'dated', newest })
      return
    }
    expect(finding).toMatchObject({ outcome: 'unreadable', reason: 'drawn_by_script', newest: null })
    expect(judgeV2(finding, ref)).toBe('insufficient')
    expect(reading).toBe('unreadable')
  },
)

it('each list stands in its own box, in whatever order the answers come', () => {
  const columns = ['news', 'notice', 'plan'] as const
  const boxes = columns.map((column) => ({ id: `list_${column}`, innerHTML: '' }))
  const asked: { url: string; answer: () => void }[] = []
  class XMLHttpRequest {
    url = ''
    responseText = ''
    onload = () => {}
    open(_method: string, url: string) {
      this.url = url
    }
    send() {
      const answer = () => {
        this.responseText = JSON.stringify([{ href: this.url, title: '标题', date: '2026-03-09' }])
        this.onload()
      }
      asked.push({ url: this.url, answer })
    }
  }
  // As a browser answers: the first element of the page that any of the selectors means.
  const querySelector = (selectors: string) =>
    boxes.find(({ id, innerHTML }) =>
      selectors.split(',').some((one) => {
        const end = /^\[id\$=(\w+)\]$/.exec(one)?.[1]
        return end === undefined ? one === 'ul:empty' && innerHTML === '' : id.endsWith(end)
      }),
    )
  const script = listScript(columns).replace(/<\/?script[^>]*>/g, '')
  runInNewContext(script, { XMLHttpRequest, document: { querySelector } })
  for (const { answer } of asked.reverse()) answer()
  expect(boxes.map(({ innerHTML }) => /\/data\/(\w+)\.json/.exec(innerHTML)?.[1])).toEqual(columns)
})
