import { pino } from 'pino'
import { after } from '../../server/app/after.ts'
import { parseConfig } from '../../server/base/config.ts'
import type { Context } from '../../server/base/context.ts'
import { lastSeq } from '../../server/base/facts/log.ts'
import { factsAfter } from '../../server/desk/facts/told.ts'
import type { Fact } from '../../shared/base/facts.ts'
import { type TestClock, testClock } from './clock.ts'
import type { FreshDatabase } from './database.ts'

/** What services need, without a server around it. */
export interface TestContext extends Context {
  readonly clock: TestClock
  /** How often the live plane was woken. */
  woken(): number
  /** The facts that `deed` tells, in order. */
  told(deed: () => Promise<unknown>): Promise<Fact[]>
}

export function testContext(fresh: Pick<FreshDatabase, 'db'> & Partial<FreshDatabase>): TestContext {
  let wakes = 0
  return {
    config: parseConfig({ READER_THREADS: '0', RENDER: 'off' }, []),
    db: fresh.db,
    clock: testClock(),
    log: pino({ level: 'silent' }),
    wake: () => void wakes++,
    measured: () => {},
    recheck: () => {},
    after,
    woken: () => wakes,
    async told(deed) {
      const before = await lastSeq(fresh.db)
      await deed()
      return factsAfter(fresh.db, before, 10_000)
    },
  }
}
