import { sql } from 'kysely'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import type { OutboundExample } from '../../../shared/monitor/outbound/outbound.ts'
import {
  type HostState,
  hostSeverity,
  isBad,
  isCode,
} from '../../../shared/monitor/outbound/outbound-rules.ts'
import type { Tx } from '../../base/db/database.ts'
import { domainOf } from '../../monitor/outbound/domain.ts'
import { judgeHost, type Landing, printOf } from '../../monitor/outbound/looks/judge.ts'
import '../../monitor/outbound/tables.ts'
import { FOREIGN, type ForeignChapter, type ForeignHost, foreignOf } from '../cast/foreign.ts'
import { chance } from '../cast/random.ts'
import type { DemoSite } from '../cast/register.ts'
import { plainPath } from '../fleet/pages/chrome.ts'
import { FRAMED_SLUG, foreignUrl } from '../fleet/pages/foreign.ts'
import { behaviourAt } from '../fleet/script.ts'
import { acknowledge, open, type PastAlert, type Staff, step } from './alerts.ts'

interface LinkingSite {
  readonly id: number
  readonly name: string
  readonly url: string
  readonly demo: DemoSite
}
interface PastUse {
  readonly site: LinkingSite
  readonly example: OutboundExample
}
interface PastChange extends ForeignChapter {
  readonly atMs: number
  readonly landing: Landing
  readonly signs: readonly string[]
}

/** A host that sites of the demo link to, with what became of it. */
export interface PastHost {
  readonly id: number
  readonly foreign: ForeignHost
  readonly url: string
  readonly uses: readonly PastUse[]
  readonly changes: readonly PastChange[]
}

/** The foreign hosts of the demo, as a monitor would have come to know them. */
export function pastHostsOf(sites: readonly LinkingSite[], nowMs: number): PastHost[] {
  const port = sites.map(({ url }) => new URL(url)).find(({ protocol }) => protocol === 'http:')?.port ?? ''
  const uses = new Map<ForeignHost, PastUse[]>(FOREIGN.map((one) => [one, []]))
  for (const site of sites) {
    const { publisher, traits } = behaviourAt(site.demo, nowMs)
    for (const foreign of foreignOf(publisher.salt)) {
      // An entrance leads on to the columns and nowhere else.
      if (foreign.manner === 'link' && traits.home === 'entrance') continue
      const page = foreign.manner === 'link' ? site.url : new URL(plainPath(FRAMED_SLUG), site.url).href
      const example = { page, url: foreignUrl(foreign, port), text: foreign.name, manner: foreign.manner }
      uses.get(foreign)?.push({ site, example })
    }
  }
  return FOREIGN.map((foreign, n) => ({
    ...{ id: n + 1, foreign, url: foreignUrl(foreign, port), uses: uses.get(foreign) ?? [] },
    changes: foreign.story.map((chapter) => changeOf(foreign, chapter, port, nowMs)),
  })).filter((one) => one.uses.length > 0)
}

function changeOf(foreign: ForeignHost, chapter: ForeignChapter, port: string, nowMs: number): PastChange {
  const { title, text, state, daysAgo, to } = chapter
  const host = to ?? foreign.host
  const isOpen = state !== 'dead' && state !== 'unopened'
  const landing: Landing = {
    ...{ url: foreignUrl({ ...foreign, host }, port), host, domain: domainOf(host), title, issuer: null },
    ...{
      status: isOpen ? 200 : null,
      cause: isOpen ? null : state === 'dead' ? 'dns_not_found' : 'redirect_loop',
    },
  }
  const { signs } = judgeHost(foreign.host, { landing, head: title, body: text, isRegistered: isOpen }, null)
  return {
    ...chapter,
    atMs: nowMs - daysAgo * DAY - Math.round(chance(daysAgo, 97) * 9 * HOUR),
    landing,
    signs,
  }
}

/** The alerts that a host has had: each time that it went bad, until it was well again. */
export function hostAlertsOf(host: PastHost, staff: Staff, nowMs: number): PastAlert[] {
  return host.changes.flatMap((change, n) => {
    const { state, landing, signs, atMs } = change
    const runs = isCode(host.foreign.manner)
    const severity = hostSeverity(state, runs)
    if (severity === null || !isBad(state)) return []
    const outbound = {
      ...{ hostId: host.id, is: state, signs: [...signs], isCode: runs, pages: host.uses.length },
      ...{ landing: landing.host, title: landing.title || null, print: printOf(state, landing) },
      some: host.uses
        .slice(0, 3)
        .map(({ site, example }) => ({ siteId: site.id, site: site.name, page: example.page })),
    }
    const evidence = { key: host.foreign.host, sites: host.uses.length, outbound }
    const alert = open(null, 'OUTBOUND', severity, atMs, evidence)
    const endMs = host.changes[n + 1]?.atMs
    acknowledge(alert, staff, endMs ?? nowMs, endMs !== undefined)
    if (endMs !== undefined) {
      const resolvedAt = new Date(endMs).toISOString()
      step(alert, 'alert.resolved', endMs, null, { status: 'resolved', resolvedAt })
    }
    return [alert]
  })
}

/** Stores hosts, which sites link to them, and what they were. */
export async function storeHosts(tx: Tx, hosts: readonly PastHost[], nowMs: number): Promise<void> {
  if (hosts.length === 0) return
  const firstMs = (host: PastHost) => host.changes[0]?.atMs ?? nowMs
  await tx
    .insertInto('outbound_host')
    .values(hosts.map((host) => hostRow(host, nowMs)))
    .execute()
  await sql`select setval(pg_get_serial_sequence('outbound_host', 'id'), ${FOREIGN.length + 1}, false)`.execute(
    tx,
  )
  await tx
    .insertInto('outbound_use')
    .values(
      hosts.flatMap((host) =>
        host.uses.map(({ site, example }) => ({
          ...{ host_id: host.id, site_id: site.id, scan_id: 0, pages: 1, is_code: isCode(example.manner) },
          examples: JSON.stringify([example]),
          first_seen_at: new Date(firstMs(host)),
          last_seen_at: new Date(nowMs - Math.round(chance(site.id, 98) * 7 * DAY)),
        })),
      ),
    )
    .execute()
  await tx
    .insertInto('outbound_look')
    .values(
      hosts.flatMap((host) =>
        host.changes.map(({ atMs, state, landing, signs }) => ({
          ...{ host_id: host.id, at: new Date(atMs), state: state as HostState },
          ...{ landing: JSON.stringify(landing), signs: JSON.stringify(signs) },
        })),
      ),
    )
    .execute()
}

function hostRow(host: PastHost, nowMs: number) {
  const now = host.changes.at(-1)
  const well = host.changes.filter(({ state }) => state === 'fine' || state === 'moved').at(-1)
  const lookedMs = nowMs - Math.round((1 + chance(host.id, 99) * 18) * HOUR)
  return {
    ...{ id: host.id, host: host.foreign.host, url: host.url, demo: true },
    ...{ state: now?.state ?? ('waiting' as const), since: new Date(now?.atMs ?? nowMs) },
    landing: now ? JSON.stringify(now.landing) : null,
    well: well ? JSON.stringify(well.landing) : null,
    signs: JSON.stringify(now?.signs ?? []),
    is_code: isCode(host.foreign.manner),
    ...{ sites: host.uses.length, pages: host.uses.length },
    first_seen_at: new Date(host.changes[0]?.atMs ?? nowMs),
    last_seen_at: new Date(nowMs),
    ...{ looked_at: new Date(lookedMs), opened_at: now?.landing.cause === null ? new Date(lookedMs) : null },
    next_look_at: new Date(lookedMs + 20 * HOUR),
  }
}
