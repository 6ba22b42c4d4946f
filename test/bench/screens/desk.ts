import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { launchBrowser } from '../../browser/launch.ts'
import { openAs } from '../../browser/pages.ts'
import { startPostgres } from '../../support/databases/postgres-server.ts'
import { copyTemplate, embeddedTemplate } from '../../support/databases/templates.ts'
import { makePeople, PASSWORD } from '../../support/people.ts'
import { type Product, ROOT, startProduct, temporaryFolder } from '../../support/product/product.ts'
import { signIn } from '../../support/session.ts'
import { atMost, type Figure, percentile, table, told } from '../figure.ts'

/*
 * The desk with ten thousand open alerts, on both databases: how soon the list opens and follows its filters, how
 * it scrolls, and how long five hundred acknowledgements take.
 */

const SITES = 2_500
const RULES = ['DOWN', 'V1', 'V2', 'CERT']
const BULK = 500

export async function benchDesk(): Promise<Figure[]> {
  const dataDir = temporaryFolder()
  copyTemplate(await embeddedTemplate(), dataDir)
  const embedded = await benchOn('embedded', { databaseUrl: undefined, dataDir })
  const postgres = await startPostgres()
  try {
    return [...embedded, ...(await benchOn('PostgreSQL', { databaseUrl: postgres.url(), dataDir }))]
  } finally {
    await postgres.remove()
  }
}

async function benchOn(
  name: string,
  at: { databaseUrl: string | undefined; dataDir: string },
): Promise<Figure[]> {
  const connection = await connect(at)
  await migrate(connection.db)
  await ensureDivisions(connection.db)
  await fill(connection.db)
  await connection.close()
  // The sites of the register are made up and paused: nothing is visited while the desk is measured.
  const env = { DEMO: 'off', WEEKLY_SCANS: '0', VISIT_INTERVAL: '3600' }
  const product = await startProduct({
    dataDir: at.dataDir,
    env: { ...env, ...(at.databaseUrl && { DATABASE_URL: at.databaseUrl }) },
    args: at.databaseUrl ? ['--role', 'web'] : [],
  })
  try {
    await product.ready(60_000)
    const figures = [...(await benchBrowser(product)), ...(await benchBulk(product))]
    return figures.map((figure) => ({ ...figure, name: `desk, 10,000 alerts, ${name}: ${figure.name}` }))
  } finally {
    await product.kill()
  }
}

/** 2,500 sites of one unit with four open alerts each. */
async function fill(db: Db): Promise<void> {
  const { unitId } = await makePeople(db)
  const now = new Date()
  await sql`
    with made as (
      insert into site (code, name, url, level, district, unit_id, platform, paused_until, pause_reason, created_at)
      select '440106' || lpad(n::text, 4, '0'), '天河区第' || n || '办公室', 'http://site-' || n || '.invalid/', 'street',
        '440106', ${unitId}, '政务云' || (n % 12), null, '测量', ${now}
      from generate_series(1, ${SITES}::int) n returning id
    )
    insert into site_state (site_id, state, state_since, availability, since, v1, v2, next_visit_at, fail_streak,
      ok_streak, read_again)
    select id, 'down', ${now}, 'down', ${now}, 'violated', 'violated', ${new Date(now.getTime() + 864e5)}, 3, 0, false
    from made
  `.execute(db)
  await sql`
    insert into alert (site_id, rule, severity, status, opened_at, evidence)
    select site.id, rule, (array['critical', 'major', 'minor'])[1 + (site.id + length(rule)) % 3], 'open',
      ${now}::timestamptz - make_interval(mins => site.id), '{"cause": "timeout"}'
    from site cross join unnest(${RULES}::text[]) rule
  `.execute(db)
}

async function benchBrowser(product: Product): Promise<Figure[]> {
  const browser = await launchBrowser()
  try {
    const page = await openAs(browser, product, 'duty', { width: 1920, height: 1080 }, 'zh-CN', PASSWORD)
    const began = performance.now()
    await page.goto('/alerts')
    await page.locator('tr[data-row]').first().waitFor({ timeout: 30_000 })
    const cold = performance.now() - began
    const opens: number[] = []
    for (let n = 0; n < 5; n++) {
      await page.evaluate(() => document.querySelector<HTMLElement>('nav a[href="/audit"]')?.click())
      await page.waitForURL(/audit/)
      await page.waitForTimeout(300)
      opens.push(await paintedAfter(page, 'nav a[href="/alerts"]', null))
    }
    const filters: number[] = []
    for (const [label, values] of [
      ['状态', ['silenced', 'live', 'forgotten', 'live']],
      ['规则', ['V1', 'DOWN', '']],
      ['分组', ['platform', 'none']],
    ] as const) {
      for (const value of values)
        filters.push(await paintedAfter(page, `select[aria-label="${label}"]`, value))
    }
    const frames = await page.evaluate(scroll)
    return [
      told('page loaded anew, cold browser', cold, 'ms'),
      atMost('list opens from another page, median', percentile(opens, 0.5), 300, 'ms'),
      atMost('a filter or grouping is painted, p95', percentile(filters, 0.95), 100, 'ms'),
      atMost('frame while it scrolls, median', percentile(frames, 0.5), 16.8, 'ms', 1),
      atMost('frame while it scrolls, p95', percentile(frames, 0.95), 33.4, 'ms', 1),
    ]
  } finally {
    await browser.close()
  }
}

/** Clicks or chooses, and waits until what follows has been painted. @returns ms. */
function paintedAfter(page: Page, selector: string, value: string | null): Promise<number> {
  return page.evaluate(
    async ([where, chosen]) => {
      const element = document.querySelector<HTMLSelectElement>(where ?? '')
      if (!element) throw new Error(`there is no ${where}`)
      const before = document.querySelector('.list')?.textContent
      const began = performance.now()
      if (chosen === null || chosen === undefined) element.click()
      else {
        element.value = chosen
        element.dispatchEvent(new Event('change', { bubbles: true }))
      }
      for (;;) {
        await new Promise(requestAnimationFrame)
        const list = document.querySelector('.list')
        if (list?.querySelector('tr[data-row], .empty, p') && list.textContent !== before) break
        if (performance.now() - began > 10_000) throw new Error(`nothing came of ${where}`)
      }
      // A message posted in a frame is handled after that frame was painted.
      await new Promise(requestAnimationFrame)
      await new Promise((done) => {
        const channel = new MessageChannel()
        channel.port1.onmessage = done
        channel.port2.postMessage(null)
      })
      return performance.now() - began
    },
    [selector, value] as const,
  )
}

/** Runs in the page: scrolls by a row and a half each frame for two seconds. @returns ms between frames. */
async function scroll(): Promise<number[]> {
  const frames: number[] = []
  let last = await new Promise<number>(requestAnimationFrame)
  const end = last + 2_000
  while (last < end) {
    window.scrollBy(0, 60)
    const now = await new Promise<number>(requestAnimationFrame)
    frames.push(now - last)
    last = now
  }
  return frames
}

/** Five hundred at once, through the API as the browser does it; their facts are in the order asked. */
async function benchBulk(product: Product): Promise<Figure[]> {
  const duty = await signIn(product.origin, 'duty', PASSWORD)
  const { items } = await duty.call('alerts', { query: { limit: BULK } })
  const chosen = items.map(({ id, version }) => ({ id, version }))
  const began = performance.now()
  const { results } = await duty.call('bulkAlerts', { body: { action: 'acknowledge', items: chosen } })
  const ms = performance.now() - began
  const { items: facts } = await duty.call('facts', { query: { limit: BULK } })
  const told = facts.reverse().map((fact) => ('alert' in fact.data ? fact.data.alert.id : 0))
  const isOrdered = told.every((id, index) => id === chosen[index]?.id)
  const done = results.filter(({ ok }) => ok).length
  if (done !== BULK || !isOrdered) throw new Error(`${done} of ${BULK} done, facts in order: ${isOrdered}`)
  return [atMost('500 acknowledged at once', ms, 1_000, 'ms')]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  execFileSync(process.execPath, [join(ROOT, 'server/start.mjs'), '--build-only'], { stdio: 'inherit' })
  console.log(table(await benchDesk()))
}
