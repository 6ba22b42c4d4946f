import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterAll, expect, it } from 'vitest'
import type { PageOrder } from '../../../../server/monitor/visit/reading/page-read.ts'
import { ReaderPool } from '../../../../server/monitor/visit/reading/pool.ts'
import { slicedReader } from '../../../../server/monitor/visit/reading/reader.ts'

const pool = new ReaderPool({
  threads: 1,
  log: pino({ level: 'silent' }),
  limitMs: 4_000,
  program: fileURLToPath(new URL('./hostile-thread.ts', import.meta.url)),
})
afterAll(() => pool.close())

const LIST = `<html><title>某局</title><ul>${[9, 6, 2]
  .map(
    (day) =>
      `<li><a href="/t2026030${day}.html">关于召开第${day}次会议的通知</a><span>2026-03-0${day}</span></li>`,
  )
  .join('')}</ul><p>主办单位：某某局 联系电话：020-12345678</p></html>`

function order(text: string): PageOrder {
  const page = { contentType: 'text/html', url: 'http://a.gov.cn/', kind: 'home', ref: '2026-03-10' } as const
  return { ...page, bytes: Buffer.from(text), isCut: false, isClosing: true }
}

it('a thread reads a page as it is read without one, and gives its bytes back', async () => {
  const { read, bytes } = await pool.read(order(LIST))
  expect(read).toMatchObject({
    finding: { newest: '2026-03-09' },
    notice: null,
    imprint: { units: ['某某局'] },
  })
  expect(read).toEqual((await slicedReader.read(order(LIST))).read)
  expect(Buffer.from(bytes).toString()).toBe(LIST)
})

it.each([
  ['throws', 'throw', /of ours/],
  ['hangs', 'hang', /not done within/],
  ['eats all memory', 'eat', /memory/],
  ['ends its thread', 'end', /exited with code: 3/],
])('a page that %s costs itself, and the next one is read', async (_, word, why) => {
  const bad = expect(pool.read(order(`${word} me`))).rejects.toThrow(why)
  const next = pool.read(order(LIST))
  await bad
  expect((await next).read?.finding.newest).toBe('2026-03-09')
})
