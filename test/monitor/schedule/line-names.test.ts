import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { type LineOpinion, LineWatch } from '../../../server/monitor/schedule/line-watch.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { TUESDAY } from '../../support/clock.ts'
import { until } from '../../support/until.ts'
import { HOME, page, proberFor, serve } from '../visit/servers.ts'

const HEAD_BYTES = 12
/** 127.0.0.1, for five minutes. */
const RECORD = Buffer.from([0xc0, HEAD_BYTES, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 127, 0, 0, 1])

/** A name server that has the address of this machine for every name, until it goes silent. */
async function startNames() {
  const server = createSocket('udp4')
  let isSilent = false
  server.on('message', (asked, from) => {
    if (isSilent) return
    const nameEnds = asked.indexOf(0, HEAD_BYTES)
    const question = asked.subarray(HEAD_BYTES, nameEnds + 5)
    const isFour = asked.readUInt16BE(nameEnds + 1) === 1
    const head = Buffer.from([0, 0, 0x81, 0x80, 0, 1, 0, isFour ? 1 : 0, 0, 0, 0, 0])
    asked.copy(head, 0, 0, 2)
    server.send(Buffer.concat(isFour ? [head, question, RECORD] : [head, question]), from.port, from.address)
  })
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  const resolver = new Resolver({ timeout: 100, tries: 1 })
  resolver.setServers([`127.0.0.1:${(server.address() as AddressInfo).port}`])
  return {
    resolver,
    goSilent: () => {
      isSilent = true
    },
  }
}

it('name servers that go silent put the line in doubt at the next question, however long their last answers hold', async () => {
  const names = await startNames()
  const { port } = await serve(page(HOME))
  const prober = proberFor({ resolver: names.resolver })
  const site = async () => (await prober.visit({ url: `http://www.example.cn:${port}/` })).result.outcome
  let nowMs = TUESDAY
  let tick = () => {}
  const opinions: LineOpinion[] = []
  const line = new LineWatch({
    targets: ['one', 'two', 'three'].map((name) => `http://${name}.example.cn:${port}/`),
    prober,
    now: () => nowMs,
    timers: {
      after: (ms, act) => {
        const timer = setTimeout(act, ms)
        return () => clearTimeout(timer)
      },
      every: (_ms, act) => {
        tick = act
        return () => {}
      },
    },
    onOpinion: (opinion) => opinions.push(opinion),
  })
  onTestFinished(() => line.stop())
  line.start()
  await until('the line is known to be well', async () => opinions.length > 0)
  expect(opinions).toMatchObject([{ inDoubtSince: null }])
  expect(await site()).toBe('ok')
  names.goSilent()
  nowMs += MINUTE / 2
  tick()
  await until('the targets were asked again', async () => opinions.length > 1)
  expect(opinions[1]).toEqual({ inDoubtSince: nowMs, evidence: { sites: 0, asked: 3, answered: 0 } })
  expect(await site(), 'which is remembered').toBe('ok')
})
