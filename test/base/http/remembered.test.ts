import { expect, it } from 'vitest'
import { remembered } from '../../../server/base/http/remembered.ts'

/** What is made, and how often each was. */
function maker() {
  const made: string[] = []
  const make = (what: string) => () => {
    made.push(what)
    return Promise.resolve(what)
  }
  return { made, make }
}

it('is made once for all who ask within a while, and anew after it', async () => {
  const clock = { at: 0, now: () => clock.at }
  const { made, make } = maker()
  const held = remembered<string>(clock, 1_000, 2)
  await Promise.all([held('a', make('a')), held('a', make('a'))])
  clock.at = 1_000
  await held('a', make('a'))
  expect(made).toEqual(['a'])
  clock.at = 1_001
  await held('a', make('a'))
  expect(made).toEqual(['a', 'a'])
})

it('holds the newest; what is not worth it, and what failed, pushes nothing out', async () => {
  const { made, make } = maker()
  const held = remembered<string>({ now: () => 0 }, 1_000, 2, (one) => one !== 'none')
  await held('a', make('a'))
  await Promise.all(Array.from({ length: 50 }, (_, n) => held(`${n}`, make('none'))))
  await expect(held('b', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
  made.length = 0
  await held('a', make('a'))
  await held('1', make('none'))
  expect(made).toEqual(['none'])
  for (const one of ['b', 'c', 'a']) await held(one, make(one))
  expect(made).toEqual(['none', 'b', 'c', 'a'])
})
