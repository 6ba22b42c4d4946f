import { expect, it } from 'vitest'
import { Bucket, Buckets } from '../../../server/city/sockets/bucket.ts'
import { People } from '../../../server/city/sockets/people.ts'
import { SocketTurns } from '../../../server/city/sockets/turns.ts'

it('who asks once does not wait for who asks a thousand times', async () => {
  const turns = new SocketTurns()
  const done: string[] = []
  for (let n = 0; n < 1_000; n++) turns.add('greedy', () => done.push('greedy'))
  await new Promise<void>((resolve) => {
    turns.add('modest', () => {
      done.push('modest')
      resolve()
    })
  })
  expect(done.indexOf('modest')).toBeLessThan(2)
})

it('of many who come at once some are let in at a time, and others have their say in between', async () => {
  const turns = new SocketTurns(20)
  const inTurns: number[] = []
  let inThis = 0
  await new Promise<void>((resolve) => {
    const look = () => {
      inTurns.push(inThis)
      inThis = 0
      if (turns.size > 0) setImmediate(look)
      else resolve()
    }
    for (let n = 0; n < 100; n++) turns.add('everybody', () => inThis++)
    setImmediate(look)
  })
  expect(Math.max(...inTurns)).toBe(20)
  expect(inTurns.reduce((sum, n) => sum + n)).toBe(100)
})

it('an allowance is used up, comes back with time, and a fine is felt for longer', () => {
  const bucket = new Bucket({ burst: 3, perSecond: 1 }, 0)
  expect([1, 2, 3, 4].map(() => bucket.take(0))).toEqual([true, true, true, false])
  expect([bucket.take(1_000), bucket.take(1_000)]).toEqual([true, false])
  bucket.fine(1_000, 2)
  expect([bucket.take(2_000), bucket.take(3_000), bucket.take(4_000)]).toEqual([false, false, true])
})

it('made-up keys neither fill the memory nor free anybody from his own', () => {
  const buckets = new Buckets({ burst: 1, perSecond: 0.001 })
  expect(buckets.take('known', 0)).toBe(true)
  for (let n = 0; n < 9_000; n++) buckets.take(`made up ${n}`, 0)
  expect(buckets.take('known', 0)).toBe(false)
})

it('one person hears so many different sets of rooms, on as many connections as he likes', () => {
  const people = new People<number>()
  const heard = Array.from({ length: 61 }, (_, n) => people.hear('a', null, `unit:${n}`))
  expect(heard.filter((may) => may)).toHaveLength(60)
  expect(people.hear('a', null, 'unit:0'), 'one that is heard already').toBe(true)
  expect(people.hear('b', null, 'unit:60'), 'somebody else').toBe(true)
  expect(people.hear('a', 'unit:1', 'unit:60'), 'instead of another').toBe(true)
})
