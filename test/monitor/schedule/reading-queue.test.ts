import { expect, it } from 'vitest'
import { ReadingQueue } from '../../../server/monitor/schedule/readings/queue.ts'
import { TUESDAY } from '../../support/clock.ts'

const MB = 1024 * 1024

/** Adds pages of other sites until one finds no place. @returns how many did. */
function fill(queue: ReadingQueue<number>, size: number, isAsked: boolean): number {
  const first = queue.size
  const page = (siteId: number) => ({ siteId, size, isAsked, isUrgent: isAsked, item: siteId })
  while (queue.add(page(queue.size + 1))) {}
  return queue.size - first
}

it('pages of a whole register that somebody waits for find four times the room of others, and no more', () => {
  const large = new ReadingQueue<number>(() => TUESDAY)
  expect(fill(large, MB, false)).toBe(48)
  expect(large.room).toBe(0)
  expect(fill(large, MB, true)).toBe(3 * 48)
  const small = new ReadingQueue<number>(() => TUESDAY)
  expect(fill(small, 1, false)).toBe(4_000)
  expect(fill(small, 1, true)).toBe(3 * 4_000)
})

it('a newer page of a site that waits takes the place of the one before, however full it is', () => {
  const queue = new ReadingQueue<number>(() => TUESDAY)
  fill(queue, MB, true)
  const { size } = queue
  expect(queue.add({ siteId: 1, size: MB, isAsked: false, isUrgent: false, item: -1 })).toBe(true)
  expect(queue.size).toBe(size)
  expect(
    queue.take(() => false),
    'and is read before others, as the one before would have been',
  ).toBe(-1)
})
