import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DailyPage } from '../../../server/monitor/schedule/daily/claims.ts'
import { DailyVisits } from '../../../server/monitor/schedule/daily/visits.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { testContext } from '../../support/context.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const page: DailyPage = {
  siteId: 1,
  url: 'http://a.localhost/xx/',
  siteUrl: 'http://a.localhost/',
  demo: false,
}

/** Visits to one page, whose reader is closed before the visit is over. */
async function visitTo(isStopped: boolean): Promise<readonly string[]> {
  const setAside: string[] = []
  let [close, under]: [() => void, Promise<void> | null] = [() => {}, null]
  const db = { insertInto: (table: string) => ({ values: () => void setAside.push(table) }) } as never
  const visits = new DailyVisits({
    ctx: testContext({ db }),
    kind: 'column',
    claim: () => Promise.resolve([page]),
    visit: () =>
      new Promise<void>((_, reject) => {
        close = () => reject(new Error('The task has been aborted'))
      }),
    alone: (_, work) => {
      under = work().catch(() => {})
    },
  })
  visits.start()
  await vi.advanceTimersByTimeAsync(2 * SECOND)
  if (isStopped) await visits.stop()
  close()
  await under
  await visits.stop()
  return setAside
}

it('a daily visit that the end of the monitor breaks off is no fault of its page', async () => {
  expect(await visitTo(true)).toEqual([])
  expect(await visitTo(false), 'one that fails by itself').toEqual(['set_aside'])
})
