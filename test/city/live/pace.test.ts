import { pino } from 'pino'
import { expect, test } from 'vitest'
import { PaceSeen, type SaidOfMonitors } from '../../../server/city/board/pace.ts'

test('screens hear whether pages are drawn, and what was known stays while nobody answers', async () => {
  let said: SaidOfMonitors | null = { pace: null, draws: false }
  const seen = new PaceSeen(
    async () => said ?? Promise.reject(new Error('the database does not answer')),
    pino({ level: 'silent' }),
  )
  expect(seen.draws, 'nothing is said against it before somebody knows').toBe(true)
  const look = async (atMs: number) => {
    seen.look(atMs)
    await seen.settled()
    return seen.draws
  }
  expect(await look(0)).toBe(false)
  said = null
  expect(await look(10_000)).toBe(false)
  said = { pace: null, draws: true }
  expect(await look(20_000)).toBe(true)
})

test('the monitors stand still after a minute without a visit, or after a round where few sites are visited', async () => {
  const pace = { behindS: 0, behindSinceMs: null, capacityPerS: 100 }
  let askedPerS: number | null = null
  const seen = new PaceSeen(
    async () => ({ pace: askedPerS === null ? null : { ...pace, askedPerS }, draws: true }),
    pino({ level: 'silent' }),
  )
  let atMs = 0
  const after = async (asked: number | null) => {
    askedPerS = asked
    atMs += 10_000
    seen.look(atMs)
    await seen.settled()
    return seen.silentAfterS
  }
  expect(await after(null), 'nobody has said yet what is asked for').toBe(60)
  expect(await after(640 / 300)).toBe(60)
  expect(await after(60 / 300)).toBe(375)
  expect(await after(null), 'the monitors have fallen silent').toBe(375)
  expect(await after(5 / 300)).toBe(4_500)
  expect(await after(0), 'nobody is to be visited').toBe(null)
})
