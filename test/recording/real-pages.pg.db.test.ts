import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../server/base/db/connect.ts'
import { importRegister, readRegister } from '../../server/register/import/import.ts'
import { planImport } from '../../server/register/import/plan/plan.ts'
import { api } from '../../shared/api.ts'
import { daysBetween, MINUTE, startOfDay } from '../../shared/base/time.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { testClock } from '../support/clock.ts'
import { testContext } from '../support/context.ts'
import { prepareDatabase } from '../support/database.ts'
import { makePeople } from '../support/people.ts'
import { startSites, type TestSites } from '../support/registers/sites.ts'
import type { Session } from '../support/session.ts'
import { until } from '../support/until.ts'

const folder = fileURLToPath(new URL('../../../shared/material/pages/', import.meta.url))
const isThere = existsSync(`${folder}manifest.json`)
if (!isThere) console.log('skipped: the real pages are not beside the project')

interface RealPage {
  file: string
  kind: string
  /** Newest publish date as a person read it; null when the page shows none. */
  gold: string | null
  /** The day to take for today. */
  ref: string
}
const all = (isThere ? JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')) : []) as RealPage[]
const pages = all
  .filter((page) => page.kind === 'home')
  .map((page, index) => ({ ...page, label: `real-${index + 1}`, code: `44010000${70 + index}` }))
  .sort((a, b) => a.ref.localeCompare(b.ref))

/** An operator's configuration lets the test server through. */
const REAL = { ALLOW_ADDRESSES: '127.0.0.0/8' }

let sites: TestSites
let app: TestApp
let duty: Session
const clock = testClock('2018-01-01T02:00:00Z')

describe.skipIf(!isThere)('a register of real home pages, started without the demo', () => {
  beforeAll(async () => {
    sites = await startSites()
    for (const { label, file } of pages) {
      const bytes = readFileSync(folder + file)
      sites.set(label, (req, res) => {
        const isHome = req.url === '/'
        res.writeHead(isHome ? 200 : 404, { 'content-type': 'text/html' }).end(isHome ? bytes : 'Not Found')
      })
    }
    const database = await prepareDatabase()
    const connection = await connect(database)
    await makePeople(connection.db)
    const csv = [
      '网站标识码,网站名称,首页网址,级别,区县,主管单位',
      ...pages.map(
        ({ code, label, file }) =>
          `${code},${file.replaceAll(',', ' ')},${sites.url(label)},市级部门,市直部门,某局`,
      ),
    ].join('\n')
    const { rows, bad } = await planImport(connection.db, await readRegister(Buffer.from(csv)), {})
    expect(bad).toEqual([])
    await importRegister({ ...testContext({ ...database, ...connection, connection }), clock }, rows)
    await connection.close()
    app = await startTestApp({
      database,
      clock,
      env: REAL,
    })
    duty = await app.signIn('duty')
  })
  afterAll(async () => {
    await app?.stop()
    await sites?.close()
  })

  const detail = async (code: string) => {
    const { items } = await duty.call('sites', { query: { q: code } })
    return duty.call('site', { params: { id: items[0]?.id } })
  }
  /** Moves the clock to noon of a day and waits until the monitor has read every page as of that day, and nothing is left of a clock that runs faster than visits. */
  const onDay = async (day: string) => {
    await until('nothing of the day before is under way', async () => {
      const text = await (await app.stranger.fetch('/metrics')).text()
      // A page of the day before that is read later would be remembered as of then.
      return ['visits_in_flight', 'readings_waiting', 'visits_waiting'].every((name) =>
        new RegExp(`^siteward_${name} 0$`, 'm').test(text),
      )
    })
    // A page is as it was kept on its own day; on the days before, which it never saw, it tells nothing.
    const { db } = app.context
    await db.deleteFrom('site_item').where('first_day', '<', day).execute()
    clock.set(startOfDay(day) + 12 * 60 * MINUTE)
    await until(`all pages are read as of ${day}`, async () => {
      clock.advance(MINUTE)
      const found = await db.selectFrom('site_state').select(['finding_at', 'cause']).execute()
      return found.every(
        (row) => (row.finding_at?.getTime() ?? 0) >= startOfDay(day) && row.cause !== 'stalled',
      )
    })
  }

  it('finds the date that a person read, on the day that each page was kept, and says where', async () => {
    expect(pages.length).toBeGreaterThanOrEqual(14)
    const wrong: string[] = []
    for (const day of new Set(pages.map((page) => page.ref))) {
      await onDay(day)
      for (const { code, gold, file } of pages.filter((page) => page.ref === day)) {
        const site = await detail(code)
        const { finding } = site
        expect(finding, file).not.toBeNull()
        if (finding?.newest !== gold) wrong.push(`${file}: ${finding?.newest} instead of ${gold}`)
        else if (gold === null) expect(finding.outcome, file).toBe('undated')
        else {
          expect(finding.evidence, file).toMatchObject({ date: gold })
          expect(finding.evidence?.raw, file).not.toBe('')
          const age = daysBetween(gold, day)
          expect(site.v2, file).toBe(age > 14 ? 'violated' : age >= 10 ? 'warning' : 'ok')
        }
      }
    }
    console.log(`real home pages read rightly: ${pages.length - wrong.length} of ${pages.length}`, wrong)
    expect(wrong.length).toBeLessThanOrEqual(pages.length * 0.05)
  })

  it('finds every one of them dormant or undated today, and says why', async () => {
    await onDay('2026-11-24')
    for (const { code, file } of pages) {
      const site = api.site.output.parse(await detail(code))
      expect(site.availability, file).toBe('up')
      if (site.finding?.outcome === 'dated') {
        expect(site.state, file).toBe('dormant')
        expect(site.finding.evidence?.text, file).toBeTruthy()
      } else {
        expect(site.finding, file).toMatchObject({ outcome: 'undated', newest: null })
        expect(site.finding?.reason, file).toBeTruthy()
        expect(['dormant', 'unknown'], file).toContain(site.state)
      }
    }
  })
})
