import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inspect } from '../../../server/monitor/inspections/crawl/inspector.ts'
import { runSlice } from '../../../server/monitor/links/scan.ts'
import { startScan } from '../../../server/monitor/links/service.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { until } from '../../support/until.ts'
import { a, asked, ctx, parts, people, playOnASite, serve, site } from './scans.ts'

playOnASite()

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  serve({ '/': a('/p0') + a('/p1') }, () => 'ok')
})
afterEach(() => void vi.useRealTimers())

/** Looks at pages, the first time only after `before`. */
function looksAfter(before: () => Promise<void>): ReturnType<typeof parts>['inspector'] {
  let isFirst = true
  return {
    async look(order) {
      if (isFirst) {
        isFirst = false
        await before()
      }
      return inspect(order)
    },
    close: async () => {},
  }
}

const counted = async (id: number) => {
  const row = await ctx.db.selectFrom('link_scan').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return [row.state, row.checked, row.pages]
}

/** How long the scan is somebody's yet, ms. */
const leftOf = async (id: number) => {
  const { next_at } = await ctx.db
    .selectFrom('link_scan')
    .select('next_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return (next_at?.getTime() ?? 0) - ctx.clock.now()
}

test('a scan whose page waits minutes to be looked at is taken up by no other monitor meanwhile', async () => {
  const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
  const inspector = looksAfter(async () => {
    for (let n = 0; n < 8; n++) {
      ctx.clock.advance(15 * SECOND)
      await vi.advanceTimersByTimeAsync(15 * SECOND)
      await until('the lease is held on', async () => (await leftOf(id)) > 30 * SECOND)
      expect(await runSlice(parts(), id, HOUR)).toBeNull()
    }
  })
  expect(await runSlice(parts({ inspector }), id, HOUR)).toBeNull()
  expect(asked).toEqual(['/', '/p0', '/p1'])
  expect(await counted(id)).toEqual(['done', 3, 3])
})

test('a monitor that stood still for minutes stores and asks nothing more of a scan that another has taken up', async () => {
  const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
  let letGo = () => {}
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let other: Promise<number | null> | null = null
  const inspector = looksAfter(async () => {
    ctx.clock.advance(5 * MINUTE)
    other = runSlice(parts({ wait: () => gate }), id, HOUR)
    await until('the other has begun', () => asked.length === 2)
  })
  expect(await runSlice(parts({ inspector }), id, HOUR)).toBeNull()
  expect(asked).toEqual(['/', '/'])
  letGo()
  expect(await other).toBeNull()
  expect(asked).toEqual(['/', '/', '/p0', '/p1'])
  expect(await counted(id)).toEqual(['done', 3, 3])
})
