import { expect, it } from 'vitest'
import { Readings } from '../../../server/monitor/schedule/readings/readings.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import { testContext } from '../../support/context.ts'
import { until } from '../../support/until.ts'
import { visitOf } from '../../support/visits/visited.ts'

const FRAMED = '<html><p>欢迎光临</p><iframe src="/list.html" width="900" height="600"></iframe></html>'
const PLAIN = '<html><ul><li><a href="/1.html">关于召开会议的通知</a><span>2026-03-10</span></li></ul></html>'

/** Readings of two hundred sites at one host that lead on, of one at another host, and of one that does not. */
async function readMany(isEntrance: boolean) {
  const ctx = testContext({ db: {} as never })
  const led: string[] = []
  const recorded: number[] = []
  let read = 0
  const readings = new Readings({
    ctx,
    reader: {
      ...slicedReader,
      read: (order) => {
        read++
        return slicedReader.read(order)
      },
    },
    proberOf: () => ({}) as Prober,
    // Its host is busy for ever.
    alone: ({ url }) => {
      led.push(url)
      return new Promise(() => {})
    },
    record: ({ siteId }) => void recorded.push(siteId),
    confirm: () => {},
  })
  const add = (siteId: number, url: string, html: string, isKnown = isEntrance) =>
    readings.add({
      site: { siteId, url, demo: false, isClosing: false, isEntrance: isKnown, kept: null, print: null },
      visited: visitOf({ id: siteId, url }, ctx.clock.now()),
      body: Buffer.from(html),
      contentType: 'text/html; charset=utf-8',
      ...{ isAsked: false, isFirst: false, isForced: true },
    })
  for (let n = 1; n <= 210; n++) add(n, `http://portal.localhost/${n}/`, FRAMED)
  add(1_000, 'http://other.localhost/', FRAMED)
  add(1_001, 'http://plain.localhost/', PLAIN, false)
  await until('the plain page is read', () => recorded.includes(1_001))
  return { led, read, refused: readings.refused }
}

it('a host with hundreds of sites that lead on keeps no page waiting that leads nowhere, nor one of another host', async () => {
  const { led, read, refused } = await readMany(false)
  expect(read).toBe(212)
  expect(led, 'of one host so many wait, and others beside them').toHaveLength(21)
  expect(led).toContain('http://other.localhost/')
  expect(refused, 'the rest stays due').toBe(190)
})

it('a page that is known to lead on is not read before there is a place for what it leads to', async () => {
  const { led, read, refused } = await readMany(true)
  expect({ read, led: led.length, refused }).toEqual({ read: 22, led: 21, refused: 190 })
})
