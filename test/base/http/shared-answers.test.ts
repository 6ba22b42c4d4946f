import { expect, test } from 'vitest'
import { SharedAnswers } from '../../../server/base/http/shared-answers.ts'
import { MINUTE } from '../../../shared/base/time.ts'

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

test('eight who ask the same at once are computed for once, and get the same', async () => {
  const { begun, compute, end } = work()
  const shared = new SharedAnswers<string>(MINUTE)
  const all = Promise.all(Array.from({ length: 8 }, () => shared.get('city', 0, compute('city'))))
  await end()
  await end()
  expect(await all).toEqual(Array.from({ length: 8 }, () => 'city'))
  expect(begun).toEqual(['city'])
})

test('different questions wait for each other', async () => {
  const { begun, compute, end } = work()
  const shared = new SharedAnswers<string>(MINUTE)
  void shared.get('a', 0, compute('a'))
  const second = shared.get('b', 0, compute('b'))
  await new Promise(setImmediate)
  expect(begun).toEqual(['a'])
  await end()
  expect(begun).toEqual(['a', 'b'])
  await end()
  expect(await second).toBe('b')
})

test('after a minute it is computed anew, and after a failure at once', async () => {
  const shared = new SharedAnswers<string>(MINUTE)
  expect(await shared.get('a', 0, async () => 'old')).toBe('old')
  expect(await shared.get('a', MINUTE - 1, async () => 'new')).toBe('old')
  expect(await shared.get('a', MINUTE, async () => 'new')).toBe('new')
  const failing = shared.get('b', 0, () => Promise.reject(new Error('the database is gone')))
  await expect(failing).rejects.toThrow('the database is gone')
  expect(await shared.get('b', 0, async () => 'back')).toBe('back')
})
