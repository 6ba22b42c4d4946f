import { pino } from 'pino'
import { reckonEffect, runEffect } from '../../../server/census/score-sheets/effect.ts'
import { keepSheets } from '../../../server/census/score-sheets/keep.ts'
import { localDay } from '../../../shared/base/time.ts'
import { testContext } from '../../support/context.ts'
import type { Product } from '../../support/product/product.ts'
import { withDatabase } from '../../support/registers/city.ts'
import { atMost, type Figure, percentile, told } from '../figure.ts'

const OPENED = 200

/** Score sheets of the demo's 640 sites with their past: one opened, all scored for a day, all scored by two editions. */
export async function benchCensus(product: Product, databaseUrl: string): Promise<Figure[]> {
  const duty = await product.signIn('duty')
  const { items } = await duty.call('sites', { query: { limit: 1000 } })
  const opened: number[] = []
  for (let n = 0; n < OPENED; n++) {
    const { id } = items[(n * 37) % items.length] ?? { id: 0 }
    const began = performance.now()
    await duty.call('siteSheet', { params: { id } })
    opened.push(performance.now() - began)
  }
  return withDatabase(databaseUrl, async (db) => {
    const ctx = { ...testContext({ db }), clock: { now: () => Date.now() }, log: pino({ level: 'silent' }) }
    const timed = async (work: () => Promise<unknown>) => {
      const began = performance.now()
      await work()
      return performance.now() - began
    }
    const day = localDay(Date.now())
    const kept = await timed(() => keepSheets(ctx, day))
    const both = await timed(async () => {
      await reckonEffect(ctx, { send: async () => {} }, 'cn-2019')
      await runEffect(ctx, 'cn-2019')
    })
    return [
      atMost('score sheet of a site opens, p95', percentile(opened, 0.95), 150, 'ms'),
      atMost(`${items.length} sites scored for a day and kept`, kept / 1000, 2, 's', 2),
      told('… by two editions, to see what would change', both / 1000, 's', 2),
    ]
  })
}
