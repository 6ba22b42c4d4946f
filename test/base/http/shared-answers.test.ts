import { expect, test } from 'vitest'
import { sharedAnswers } from '../../../server/base/http/shared-answers.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { refused } from '../../support/expect.ts'

/** Computing that ends when it is told to. */
function work() {
  const begun: string[] = []
  const ends: (() => void)[] = []
  const compute = (name: string) => () => {
    begun.push(name)
    return new Promise<string>((resolve) => ends.push(() => resolve(name)))
  }
  const end = async () => {
    ends.shift()?.()
    await new Promise(setImmediate)
  }
  return { begun, compute, end }
}

function asked() {
  const clock = { at: 0, now: () => clock.at }
  return { clock, get: sharedAnswers<string>(clock, MINUTE), ...work() }
}

test('eight who ask the same at once are computed for once, and get the same', async () => {
  const { begun, compute, end, get } = asked()
  const all = Promise.all(Array.from({ length: 8 }, () => get('city', compute('city'))))
  await end()
  await end()
  expect(await all).toEqual(Array.from({ length: 8 }, () => 'city'))
  expect(begun).toEqual(['city'])
})

test('two different questions are computed at once, and others wait for them', async () => {
  const { begun, compute, end, get } = asked()
  const all = ['a', 'b', 'c'].map((name) => get(name, compute(name)))
  await new Promise(setImmediate)
  expect(begun).toEqual(['a', 'b'])
  await end()
  expect(begun).toEqual(['a', 'b', 'c'])
  await end()
  await end()
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c'])
})

test('whoever asks again while it still waits, however long that takes and whatever else is asked, adds nothing', async () => {
  const { clock, begun, compute, end, get } = asked()
  const first = get('city', compute('city'))
  const others = Array.from({ length: 80 }, (_, n) => get(`${n}`, compute(`${n}`)))
  clock.at = 5 * MINUTE
  const again = get('city', compute('city'))
  for (let n = 0; n < 81; n++) await end()
  expect(await Promise.all([first, again, ...others])).toHaveLength(82)
  expect(begun).toHaveLength(81)
  expect(await get('79', compute('79')), 'it is fresh from when it was there').toBe('79')
  expect(begun).toHaveLength(81)
})

test('beyond so many that wait, whoever asks is told to come back', async () => {
  const { compute, get } = asked()
  for (let n = 0; n < 202; n++) void get(`${n}`, compute(`${n}`))
  await refused(get('one more', compute('one more')), 'too_many_requests')
})

test('after a minute it is computed anew, and after a failure at once', async () => {
  const { clock, get } = asked()
  expect(await get('a', async () => 'old')).toBe('old')
  clock.at = MINUTE
  expect(await get('a', async () => 'new')).toBe('old')
  clock.at = MINUTE + 1
  expect(await get('a', async () => 'new')).toBe('new')
  const failing = get('b', () => Promise.reject(new Error('the database is gone')))
  await expect(failing).rejects.toThrow('the database is gone')
  expect(await get('b', async () => 'back')).toBe('back')
})
