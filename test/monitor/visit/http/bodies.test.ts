import { afterEach, expect, it, vi } from 'vitest'
import { giveBack, kept, lend, passOn } from '../../../../server/monitor/visit/http/bodies.ts'
import { Sink } from '../../../../server/monitor/visit/http/sink.ts'
import { SECOND } from '../../../../shared/base/time.ts'

const PAGE = 50_000

afterEach(() => {
  vi.useRealTimers()
})
const MB = 1024 * 1024

it('a buffer that was given back is lent again, whatever part of it was passed on', () => {
  const first = lend(PAGE)
  giveBack(passOn(first, 100))
  expect(lend(PAGE + 1).buffer).toBe(first.buffer)
  expect(lend(PAGE).buffer, 'not while it is out').not.toBe(first.buffer)
})

it('what is given back twice, or was given back by another name, is lent once', () => {
  const first = lend(PAGE)
  const page = passOn(first, PAGE)
  giveBack(page)
  giveBack(page)
  giveBack(first)
  const [one, other] = [lend(PAGE), lend(PAGE)]
  expect(one.buffer).toBe(first.buffer)
  expect(other.buffer).not.toBe(one.buffer)
  giveBack(page)
  expect(lend(PAGE).buffer, 'a name of before says nothing of who has it now').not.toBe(one.buffer)
})

it('a page that is kept is nobody else’s, and takes no more than its bytes', () => {
  const page = passOn(lend(PAGE).fill('a'), 40_000)
  const own = kept(page)
  lend(PAGE).fill('b')
  expect(own.buffer.byteLength).toBe(40_000)
  expect(Buffer.from(own).toString()).toBe('a'.repeat(40_000))
  expect(kept(own)).toBe(own)
})

it('small ones and those of nobody are let be', () => {
  const small = lend(100)
  giveBack(small)
  giveBack(new Uint8Array(PAGE))
  expect(lend(100).buffer.byteLength).toBeGreaterThanOrEqual(100)
})

it('however many large ones lie idle, they do not keep those of usual pages from being filled anew', () => {
  for (const size of [4, 2, 1, 1 / 2, 1 / 4, 1 / 8].map((mb) => mb * 1024 * 1024)) {
    for (const one of Array.from({ length: 40 }, () => lend(size))) giveBack(one)
  }
  const borrow = () => Array.from({ length: 40 }, () => lend(PAGE))
  const pages = borrow()
  const known = new Set(pages.map(({ buffer }) => buffer))
  for (const one of pages) giveBack(one)
  expect(borrow().filter(({ buffer }) => known.has(buffer))).toHaveLength(pages.length)
})

it('what a minute has not needed is let go, and what it has is kept', () => {
  const realMs = performance.now()
  vi.useFakeTimers({ toFake: ['performance'] })
  // The program has run for longer than the clock that stands in for its own.
  vi.advanceTimersByTime(realMs)
  const many = Array.from({ length: 20 }, () => lend(PAGE))
  const buffers = new Set(many.map(({ buffer }) => buffer))
  for (const one of many) giveBack(one)
  // The minute in which they were needed, what was left of the one before, and one in which they were not.
  for (let second = 0; second < 200; second += 1) {
    const few = [lend(PAGE), lend(PAGE)]
    vi.advanceTimersByTime(SECOND)
    for (const one of few) giveBack(one)
  }
  giveBack(lend(PAGE))
  const kept = Array.from({ length: 20 }, () => lend(PAGE)).filter(({ buffer }) => buffers.has(buffer))
  expect(kept.length).toBe(2)
})

it('a page that a server only promises takes no memory yet', () => {
  const before = process.memoryUsage().arrayBuffers
  const sinks = Array.from({ length: 40 }, () => new Sink(3 * MB, 3 * MB))
  expect((process.memoryUsage().arrayBuffers - before) / MB).toBeLessThan(20)
  const [first] = sinks
  first?.write(Buffer.alloc(3 * MB, 'a'))
  expect(first?.take().toString()).toBe('a'.repeat(3 * MB))
})
