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

it('opens few of many connections at once, and each of the others when one is open', async () => {
  const open = begin(new Openings(), 160)
  await settle()
  expect(open).toHaveLength(32)
  open[0]?.()
  open[0]?.()
  await settle()
  expect(open).toHaveLength(33)
  for (let n = 1; n < open.length; n++) {
    open[n]?.()
    await settle()
  }
  expect(open).toHaveLength(160)
})

it('lets nobody wait for servers that do not answer', async () => {
  const openings = new Openings()
  begin(openings, 32)
  const others = begin(openings, 20)
  await vi.advanceTimersByTimeAsync(999)
  expect(others).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(others).toHaveLength(20)
})
