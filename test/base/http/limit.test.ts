import { expect, it } from 'vitest'
import { createAllowances } from '../../../server/people/requests/limit.ts'

function allowances(perMinute: number) {
  let now = 0
  const take = createAllowances(perMinute, () => now)
  const wait = (seconds: number) => {
    now += seconds * 1000
  }
  return { take, wait }
}

it('a minute of requests at once, and then as they come in again', () => {
  const { take, wait } = allowances(60)
  for (let n = 0; n < 60; n++) expect(take('duty', 1)).toBe(0)
  expect(take('duty', 1)).toBe(1)
  wait(1)
  expect(take('duty', 1)).toBe(0)
  expect(take('duty', 30)).toBe(30)
  wait(3_600)
  for (let n = 0; n < 60; n++) expect(take('duty', 1)).toBe(0)
  expect(take('duty', 1), 'an hour of rest is no hour of requests').toBe(1)
})

it('of one caller costs another nothing', () => {
  const { take } = allowances(10)
  expect(take('duty', 10)).toBe(0)
  expect(take('duty', 1)).toBeGreaterThan(0)
  expect(take('tianhe', 10)).toBe(0)
})

it('what was refused costs nothing, so that waiting helps', () => {
  const { take, wait } = allowances(60)
  take('duty', 60)
  for (let n = 0; n < 100; n++) take('duty', 5)
  wait(5)
  expect(take('duty', 5)).toBe(0)
})
