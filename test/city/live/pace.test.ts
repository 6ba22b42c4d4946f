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
