import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DailyPage } from '../../../server/monitor/schedule/daily/claims.ts'
import { DailyVisits } from '../../../server/monitor/schedule/daily/visits.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { testContext } from '../../support/context.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const page: DailyPage = {
  siteId: 1,
  url: 'http://a.localhost/xx/',
  siteUrl: 'http://a.localhost/',
  demo: false,
  host: 'a.localhost',
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
      return under
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

it('pages of a host that hangs stay due while some of them wait, and those of other hosts have their turn', async () => {
  const done: string[] = []
  const left = Array.from({ length: 800 }, (_, siteId) => {
    const siteUrl = `http://portal.localhost/${siteId}/`
    return { ...page, siteId, siteUrl, url: `${siteUrl}xx/`, host: 'portal.localhost' }
  })
  left.push({ ...page, siteId: 900 })
  const visits = new DailyVisits({
    ctx: testContext({ db: {} as never }),
    kind: 'column',
    claim: async ({ limit, fullHosts = [] }) => {
      const claimed = left.filter(({ host }) => !fullHosts.includes(host)).slice(0, limit)
      for (const one of claimed) left.splice(left.indexOf(one), 1)
      return claimed
    },
    visit: async ({ url }) => void done.push(url),
    alone: ({ url }, work) => (url === page.siteUrl ? work() : new Promise(() => {})),
  })
  visits.start()
  await vi.advanceTimersByTimeAsync(10 * MINUTE)
  await visits.stop()
  expect(left.length, 'stay due').toBe(792)
  expect(done).toEqual([page.url])
})
