import { expect, test } from 'vitest'
import { inTurn } from '../../../server/city/search/turns.ts'
import { refused } from '../../support/expect.ts'

/** Searches that end when they are told to. */
function searches() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const ask = (who: number, q: string, left?: AbortSignal) =>
    inTurn(who, left, () => {
      begun.push(q)
      return new Promise<string>((resolve) => ends.set(q, () => resolve(q)))
    })
  const end = async (q: string) => {
    ends.get(q)?.()
    await new Promise(setImmediate)
  }
  return { begun, ask, end }
}

test('whoever asks for ten at once has one place of two, and the newest of theirs are answered', async () => {
  const { begun, ask, end } = searches()
  const mine = Array.from({ length: 10 }, (_, n) => ask(1, `mine ${n}`))
  const outcomes = Promise.allSettled(mine)
  const other = ask(2, 'other')
  await new Promise(setImmediate)
  expect(begun).toEqual(['mine 0', 'other'])
  await end('other')
  expect(await other).toBe('other')
  for (const n of [0, 7, 8, 9]) await end(`mine ${n}`)
  const answered = (await outcomes).map(({ status }) => status === 'fulfilled')
  expect(answered.flatMap((is, n) => (is ? [n] : []))).toEqual([0, 7, 8, 9])
  await refused(mine[1] as Promise<string>, 'too_many_requests')
})

test('who has left while waiting is not looked for, and gives their place away', async () => {
  const { begun, ask, end } = searches()
  const first = [ask(1, 'a'), ask(2, 'b')]
  const leaving = new AbortController()
  const gone = ask(3, 'gone', leaving.signal)
  const ownNext = ask(3, 'next')
  leaving.abort()
  await refused(gone, 'too_many_requests')
  for (const q of ['a', 'b', 'next']) await end(q)
  expect(await Promise.all([...first, ownNext])).toEqual(['a', 'b', 'next'])
  expect(begun).toEqual(['a', 'b', 'next'])
})

test('beyond so many people who wait, the next is told to come back', async () => {
  const { ask, end } = searches()
  const all = Array.from({ length: 102 }, (_, who) => ask(who, `${who}`))
  await new Promise(setImmediate)
  await refused(ask(500, 'one more'), 'too_many_requests')
  for (let who = 0; who < 102; who++) await end(`${who}`)
  expect(await Promise.all(all)).toHaveLength(102)
})
