import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { ThreadPool } from '../../../server/base/threads/thread-pool.ts'

const pool = new ThreadPool<number, number>({
  program: fileURLToPath(new URL('./hoarding-thread.ts', import.meta.url)),
  ...{ threads: 1, memoryMb: 128, limitMs: 20_000, growthMb: 200, does: 'hoards' },
  log: pino({ level: 'silent' }),
})
afterAll(() => pool.close())

test('what unpacks to more than a machine has costs its own thread, and the next is done', async () => {
  expect(await pool.run(10, [])).toBe(10)
  await expect(pool.run(6_000, [])).rejects.toThrow('took more than 200 MB')
  expect(await pool.run(10, [])).toBe(10)
})
