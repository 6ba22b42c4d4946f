import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Openings } from '../../../server/monitor/visit/openings.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Begins so many visits; those that may open their connection are in the list. */
function begin(openings: Openings, visits: number) {
  const open: (() => void)[] = []
  for (let n = 0; n < visits; n++) void openings.enter().then((leave) => open.push(leave))
  return open
}
const settle = () => vi.advanceTimersByTimeAsync(0)

/** What a nation asks for, visits a second, and how often the schedule looks for turns, ms. */
const PER_S = 280
const TICK_MS = 400

/** Ten seconds of turns on a line on which the nth connection takes so long to open, ms; infinitely long: its host never answers. */
async function onLine(openMs: (nth: number) => number) {
  const openings = new Openings()
  const waitedMs: number[] = []
  let asked = 0
  for (let goneMs = 0; goneMs < 10_000; goneMs += TICK_MS) {
    for (; asked < ((goneMs + TICK_MS) * PER_S) / 1_000; asked++) {
      const [askedMs, takesMs] = [Date.now(), openMs(asked)]
      void openings.enter().then((leave) => {
        waitedMs.push(Date.now() - askedMs)
        if (Number.isFinite(takesMs)) setTimeout(leave, takesMs)
      })
    }
    await vi.advanceTimersByTimeAsync(TICK_MS)
  }
  return { asked, begun: waitedMs.length, longestMs: Math.max(...waitedMs) }
}

it('opens few of many connections at once, and each of the others when one is open', async () => {
  const openings = new Openings()
  const open = begin(openings, 160)
  await settle()
  expect(open).toHaveLength(12)
  expect([openings.opening, openings.waiting], 'as metrics tell it').toEqual([12, 148])
  open[0]?.()
  open[0]?.()
  await settle()
  expect(open).toHaveLength(13)
  for (let n = 1; n < open.length; n++) {
    open[n]?.()
    await settle()
  }
  expect(open).toHaveLength(160)
  expect([openings.opening, openings.waiting]).toEqual([0, 0])
})

it('lets nobody wait for servers that do not answer', async () => {
  const openings = new Openings()
  begin(openings, 12)
  const others = begin(openings, 12)
  await vi.advanceTimersByTimeAsync(19)
  expect(others).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(others).toHaveLength(12)
})

it('begins all visits of a nation where name and connection take 200 ms', async () => {
  const { asked, begun, longestMs } = await onLine(() => 200)
  expect(begun).toBe(asked)
  expect(longestMs, 'the turns of a tick begin before the next').toBeLessThan(TICK_MS)
})

it('begins all of them where one host in ten never answers, and where each connection takes a second', async () => {
  for (const openMs of [(nth: number) => (nth % 10 === 0 ? Number.POSITIVE_INFINITY : 200), () => 1_000]) {
    const { asked, begun, longestMs } = await onLine(openMs)
    expect(begun).toBe(asked)
    expect(longestMs).toBeLessThan(TICK_MS)
  }
})

it('lets handshakes go on in small groups however many begin, and has few under way when a line stands still', async () => {
  const openings = new Openings()
  const answeredMs: number[] = []
  let most = 0
  for (let n = 0; n < 800; n++)
    void openings.enter().then((leave) => {
      most = Math.max(most, openings.opening)
      const answer = () => {
        answeredMs.push(Date.now())
        leave()
      }
      setTimeout(answer, n < 400 ? 200 : 900)
    })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(answeredMs).toHaveLength(800)
  const together = answeredMs.map((ms) => answeredMs.filter((at) => at >= ms && at < ms + 20).length)
  expect(Math.max(...together), 'handshakes in 20 ms').toBeLessThanOrEqual(12)
  expect(most).toBeLessThanOrEqual(320)

  const still = new Openings()
  const begun = begin(still, 800)
  await vi.advanceTimersByTimeAsync(999)
  expect(begun).toHaveLength(320)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(begun, 'those that hang make way').toHaveLength(640)
})
