import { expect, it } from 'vitest'
import { Readings } from '../../../server/monitor/schedule/readings/readings.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import { testContext } from '../../support/context.ts'
import { until } from '../../support/until.ts'
import { visitOf } from '../../support/visits/visited.ts'

const FRAMED = '<html><p>欢迎光临</p><iframe src="/list.html" width="900" height="600"></iframe></html>'
const PLAIN = '<html><ul><li><a href="/1.html">关于召开会议的通知</a><span>2026-03-10</span></li></ul></html>'

it('a host with hundreds of sites that lead on keeps no page waiting that leads nowhere, nor one of another host', async () => {
  const ctx = testContext({ db: {} as never })
  const led: string[] = []
  const recorded: number[] = []
  const readings = new Readings({
    ctx,
    reader: slicedReader,
    proberOf: () => ({}) as Prober,
    // Its host is busy for ever.
    alone: ({ url }) => {
      led.push(url)
      return new Promise(() => {})
    },
    record: ({ siteId }) => void recorded.push(siteId),
    confirm: () => {},
  })
  const add = (siteId: number, url: string, html: string) =>
    readings.add({
      site: { siteId, url, demo: false, isClosing: false, kept: null, print: null },
      visited: visitOf({ id: siteId, url }, ctx.clock.now()),
      body: Buffer.from(html),
      contentType: 'text/html; charset=utf-8',
      ...{ isAsked: false, isFirst: false, isForced: true },
    })
  for (let n = 1; n <= 210; n++) add(n, `http://portal.localhost/${n}/`, FRAMED)
  add(1_000, 'http://other.localhost/', FRAMED)
  add(1_001, 'http://plain.localhost/', PLAIN)
  await until('the plain page is read', () => recorded.includes(1_001))
  expect(led, 'of one host so many wait, and others beside them').toHaveLength(21)
  expect(led).toContain('http://other.localhost/')
  expect(readings.refused, 'the rest stays due').toBe(190)
})
