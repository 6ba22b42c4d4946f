import type { Browser, Page } from 'playwright-core'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { until } from '../../support/until.ts'
import { openAs } from '../pages.ts'

/** What befalls the demo's city, worst last; each stays until the next. */
export const CITY_STATES = ['peace', 'platform', 'storm'] as const
export type CityState = (typeof CITY_STATES)[number]

/** Pages that show it when much falls at once. */
export const IN_A_STORM: readonly string[] = [
  'wall',
  'overview',
  'alerts',
  'alert',
  'sites',
  'district',
  'load',
]

const STORM = 64
const WAIT_MS = 240_000

interface Site {
  readonly id: number
  readonly state: string
  readonly platform: string | null
}

/** Breaks sites of the demo and waits until the monitor has told of them. */
export async function bringAbout(browser: Browser, origin: string, state: CityState): Promise<void> {
  if (state === 'peace') return
  const page = await openAs(browser, { origin }, 'admin')
  const well = (await sitesOf(page)).filter((site) => site.state === 'healthy')
  const hit = state === 'platform' ? onOnePlatform(well) : well.filter(({ platform }) => !platform)
  const ids = new Set(hit.slice(0, STORM).map(({ id }) => id))
  for (const siteId of ids) {
    await page.request.post('/api/fleet/break', { data: { siteId, kind: 'down' } })
  }
  await until(
    `${ids.size} sites are down`,
    async () => (await sitesOf(page)).every((site) => !ids.has(site.id) || site.state !== 'healthy'),
    WAIT_MS,
  )
  await page.context().close()
}

async function sitesOf(page: Page): Promise<Site[]> {
  const answer = await page.request.get('/api/sites?limit=1000')
  return ((await answer.json()) as { items: Site[] }).items
}

/** The sites of the platform that has most of them. */
function onOnePlatform(sites: readonly Site[]): Site[] {
  const hosted = groupBy(
    sites.filter(({ platform }) => platform),
    ({ platform }) => platform,
  )
  return [...hosted.values()].reduce((most, one) => (one.length > most.length ? one : most), [])
}
