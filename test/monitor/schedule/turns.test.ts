import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemTimers } from '../../../server/base/clock.ts'
import { VisitTurns } from '../../../server/monitor/schedule/turns.ts'
import { MINUTE } from '../../../shared/base/time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A visit that says when it begins, and ends when it is told to. */
function visit(log: string[], name: string) {
  let end = () => {}
  const over = new Promise<void>((resolve) => {
    end = resolve
  })
  const make = () => {
    log.push(name)
    return over
  }
  return { make, end: () => end() }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

describe('whose turn it is at a host and an address', () => {
  it('makes one visit at a time to a host, even when the first one fails', async () => {
    const turns = new VisitTurns(systemTimers, 5 * MINUTE)
    const log: string[] = []
    const failing = turns.take('a.gov.cn', true, async () => {
      throw new Error('broken')
    })
    void turns.take('a.gov.cn', true, visit(log, 'second').make)
    await expect(failing).rejects.toThrow('broken')
    await settle()
    expect(log).toEqual(['second'])
  })

  it('makes one visit at a time to an address that holds many hosts', async () => {
    const turns = new VisitTurns(systemTimers, 5 * MINUTE)
    turns.learn('a.gov.cn', '10.0.0.1')
    turns.learn('b.gov.cn', '10.0.0.1')
    turns.learn('c.gov.cn', '10.0.0.2')
    const log: string[] = []
    const a = visit(log, 'a')
    void turns.take('a.gov.cn', true, a.make)
    void turns.take('b.gov.cn', true, visit(log, 'b').make)
    void turns.take('c.gov.cn', true, visit(log, 'c').make)
    await settle()
    expect(log).toEqual(['a', 'c'])
    a.end()
    await settle()
    expect(log).toEqual(['a', 'c', 'b'])
  })

  it('visits one in sixty of the sites at an address at a time, and of up to sixty sites one', async () => {
    for (const [sites, atOnce] of [
      [60, 1],
      [600, 10],
    ] as const) {
      const turns = new VisitTurns(systemTimers, 5 * MINUTE)
      const log: string[] = []
      const all = Array.from({ length: sites }, (_, n) => visit(log, `s${n}.gov.cn`))
      for (const n of all.keys()) turns.learn(`s${n}.gov.cn`, '10.0.0.1')
      for (const [n, { make }] of all.entries()) void turns.take(`s${n}.gov.cn`, true, make)
      await settle()
      expect(log).toHaveLength(atOnce)
      expect(turns.waitingAtAddresses, 'as metrics tell it').toBe(sites - atOnce)
      all[0]?.end()
      await settle()
      expect(log).toHaveLength(atOnce + 1)
      expect(log.at(-1), 'who came first').toBe(`s${atOnce}.gov.cn`)
    }
  })

  it('has nobody wait at a machine that holds thousands of sites, and gives few of them a place', async () => {
    const SITES = 6_000
    const turns = new VisitTurns(systemTimers, 5 * MINUTE)
    for (let n = 0; n < SITES; n++) turns.learn(`s${n}.gov.cn`, '10.0.0.1')
    let [inFlight, most, longestMs] = [0, 0, 0]
    // As many as have their turn within 20 seconds, half a second each: ten are under way.
    for (let n = 0; n < 400; n++) {
      const askedMs = Date.now()
      most = Math.max(most, ++inFlight)
      void turns
        .take(`s${n}.gov.cn`, true, async () => {
          longestMs = Math.max(longestMs, Date.now() - askedMs)
          await new Promise((resolve) => setTimeout(resolve, 500))
        })
        .finally(() => inFlight--)
      await vi.advanceTimersByTimeAsync((5 * MINUTE) / SITES)
    }
    expect(longestMs).toBe(0)
    expect(most).toBeLessThanOrEqual(11)
  })

  it('goes by where a host was found last, and does not count it where it was before', async () => {
    const turns = new VisitTurns(systemTimers, 5 * MINUTE)
    const log: string[] = []
    for (let n = 0; n <= 60; n++) turns.learn(`s${n}.gov.cn`, '10.0.0.1')
    turns.learn('s60.gov.cn', '10.0.0.2')
    for (let n = 0; n <= 60; n++) void turns.take(`s${n}.gov.cn`, true, visit(log, `s${n}`).make)
    await settle()
    expect(log).toEqual(['s0', 's60'])
  })

  it('does not let a site that hangs starve its neighbours', async () => {
    const turns = new VisitTurns(systemTimers, 5 * MINUTE)
    turns.learn('a.gov.cn', '10.0.0.1')
    turns.learn('b.gov.cn', '10.0.0.1')
    const log: string[] = []
    void turns.take('a.gov.cn', true, visit(log, 'a').make)
    void turns.take('b.gov.cn', true, visit(log, 'b').make)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(log).toEqual(['a'])
    await vi.advanceTimersByTimeAsync(1)
    expect(log).toEqual(['a', 'b'])
  })

  it('visits the home pages at a host before its other pages that wait there, and those in the end, too', async () => {
    const turns = new VisitTurns(systemTimers, 5 * MINUTE)
    const log: string[] = []
    const at = (name: string, isBeside: boolean) =>
      turns.take('a.gov.cn', true, async () => void log.push(name), isBeside)
    const first = visit(log, 'under way')
    void turns.take('a.gov.cn', true, first.make, true)
    for (const name of ['column 1', 'column 2']) void at(name, true)
    for (let n = 1; n <= 9; n++) void at(`home ${n}`, false)
    first.end()
    await settle()
    const homes = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, n) => `home ${from + n}`)
    expect(log).toEqual(['under way', ...homes(1, 7), 'column 1', ...homes(8, 9), 'column 2'])
  })

  it('lets hosts of one machine be visited side by side where that means nothing', async () => {
    const turns = new VisitTurns(systemTimers, 5 * MINUTE)
    turns.learn('a.localhost', '127.0.0.1')
    turns.learn('b.localhost', '127.0.0.1')
    const log: string[] = []
    void turns.take('a.localhost', false, visit(log, 'a').make)
    void turns.take('b.localhost', false, visit(log, 'b').make)
    await settle()
    expect(log).toEqual(['a', 'b'])
  })
})
