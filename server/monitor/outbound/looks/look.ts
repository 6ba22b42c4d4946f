import { Resolver } from 'node:dns/promises'
import { type Selectable, sql } from 'kysely'
import { isBad } from '../../../../shared/monitor/outbound/outbound-rules.ts'
import { notAside } from '../../../base/aside/queries.ts'
import { doOrSetAside } from '../../../base/aside/set-aside.ts'
import type { Context } from '../../../base/context.ts'
import { commitFacts } from '../../../base/facts/commit.ts'
import { inSlices } from '../../../base/slices.ts'
import { decodePage } from '../../read/page/decode.ts'
import type { Prober, Visit } from '../../visit/visit.ts'
import { domainOf, hostOf } from '../domain.ts'
import { LIMITS } from '../limits.ts'
import type { OutboundHostTable } from '../tables.ts'
import { badHost } from '../words/hosts.ts'
import { followHosts } from './follow.ts'
import { afterLook, bareTitle, type HostLook, type HostVerdict, judgeHost, type Landing } from './judge.ts'
import { onwardOf } from './onward.ts'
import { signsOf } from './page.ts'

export interface LookParts {
  readonly ctx: Context
  /** The demo's hosts are on loopback, where only the demo's prober may go. */
  readonly proberFor: (demo: boolean) => Prober
  /** Whether somebody has registered a domain; null where that cannot be found out. */
  readonly isRegistered: (domain: string) => Promise<boolean | null>
  readonly signal: AbortSignal
}

/** Whoever does not come back within it is gone; longer than a visit and a question to the name servers. */
const LEASE_MS = 90_000
const NAMES = { timeout: 2_000, tries: 2 }

const asideRef = (host: string) => `host ${host}`

type Host = Selectable<OutboundHostTable>

/**
 * Whether a domain is registered: its name servers are known. That a host is not found says nothing of that: its owner may have given up
 * one name of many. Null where nobody answers.
 */
export async function isDomainRegistered(domain: string): Promise<boolean | null> {
  try {
    return (await new Resolver(NAMES).resolveNs(domain)).length > 0
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENODATA') return true
    return code === 'ENOTFOUND' ? false : null
  }
}

/** Looks at hosts whose time has come, at most `limit`, some side by side: each is claimed when its turn is there. @returns how many. */
export async function lookAtDue(parts: LookParts, limit: number): Promise<number> {
  let begun = 0
  const one = async () => {
    while (begun < limit && !parts.signal.aborted) {
      begun++
      const host = await claim(parts.ctx)
      if (!host) return void begun--
      const item = { kind: 'link', ref: asideRef(host.host), siteId: null } as const
      await doOrSetAside(parts.ctx, item, () => lookAt(parts, host))
    }
  }
  await Promise.all(Array.from({ length: LIMITS.looks.atOnce }, one))
  return begun
}

async function claim({ db, clock }: Context): Promise<Host | undefined> {
  const now = clock.now()
  const { rows } = await sql<Host>`
    update outbound_host set next_look_at = ${new Date(now + LEASE_MS)}
    where id = (select id from outbound_host where next_look_at <= ${new Date(now)}
        and ${notAside('link', sql`'host ' || outbound_host.host`)}
      order by next_look_at limit 1 for update skip locked)
    returning *
  `.execute(db)
  return rows[0]
}

async function lookAt(parts: LookParts, host: Host): Promise<void> {
  const look = await lookOf(parts, host)
  if (!parts.signal.aborted) await recordLook(parts.ctx, host, look)
}

async function lookOf(parts: LookParts, host: Host): Promise<HostLook> {
  const look = await lookAtPage(parts, host, host.url)
  if (parts.signal.aborted || !needsHome(host, look)) return look
  const home = await lookAtPage(parts, host, homeOf(host.url))
  return isBad(judgeHost(host.host, home, host.well).state) ? look : home
}

/** What words say of a host. */
const BY_WORDS: ReadonlySet<HostVerdict['state']> = new Set(['hijacked', 'parked'])
const homeOf = (url: string): string => new URL('/', url).href

/**
 * What an article or a film is called is what a host writes about, and not what it has become: its home page has to say the same. But
 * for a host that leads to one of those who bet, by its name.
 */
function needsHome(host: Host, look: HostLook): boolean {
  const home = homeOf(host.url)
  const { landing } = look
  if (landing.url === home || host.url === home) return false
  const isElsewhere = landing.domain !== domainOf(host.host)
  const isNamed = isElsewhere && landing.host !== null && badHost(landing.host) !== null
  return !isNamed && BY_WORDS.has(judgeHost(host.host, look, host.well).state)
}

/** What is seen at one address of a host, or behind it. */
async function lookAtPage(
  { proberFor, isRegistered, signal }: LookParts,
  host: Host,
  url: string,
): Promise<HostLook> {
  const prober = proberFor(host.demo)
  let visit = await prober.visit({ url, signal })
  // A page that is gone says nothing of its host: its home page does.
  if (visit.result.cause === 'http_4xx') {
    const home = await prober.visit({ url: homeOf(url), signal })
    if (home.result.outcome === 'ok') visit = home
  }
  const isGone = visit.result.cause === 'dns_not_found'
  const own: HostLook = {
    ...(await readPage(visit, url)),
    isRegistered: isGone && !signal.aborted ? await isRegistered(domainOf(host.host)) : null,
  }
  const behind = await onward(visit, url, (next) => prober.visit({ url: next, signal }))
  if (behind === null) return own
  // What leads on may be a gate of one's own: the page behind it counts where it is bad, and the gate is not.
  const led: HostLook = { ...(await readPage(behind, url)), isRegistered: null }
  const isBadLook = (look: HostLook): boolean => isBad(judgeHost(host.host, look, host.well).state)
  return isBadLook(led) && !isBadLook(own) ? led : own
}

/** The page behind one that shows nothing and leads on by a script or a frame; null where there is none, or it does not open. */
async function onward(
  { result, body, headers }: Visit,
  asked: string,
  open: (url: string) => Promise<Visit>,
): Promise<Visit | null> {
  if (result.outcome !== 'ok' || body === null || body.length > MOST_SIGNPOST) return null
  const next = onwardOf(decodePage(body, headers['content-type']).text, result.finalUrl ?? asked)
  const visit = next === null ? null : await open(next)
  return visit?.result.outcome === 'ok' ? visit : null
}

/** Bytes of a page that shows nothing, at most. */
const MOST_SIGNPOST = 200_000

async function readPage(visit: Visit, asked: string): Promise<Omit<HostLook, 'isRegistered'>> {
  const { result, body, headers, issuer = null } = visit
  const isHtml = /html|^$/.test(headers['content-type'] ?? '')
  const page =
    body && isHtml
      ? await inSlices(signsOf(body, headers['content-type']))
      : { title: '', head: '', body: '' }
  const url = result.finalUrl ?? asked
  const host = hostOf(url)
  const landing: Landing = {
    ...{ url: url.slice(0, 1_000), host, domain: host && domainOf(host), title: page.title },
    ...{ issuer: result.outcome === 'ok' ? issuer : null, status: result.status },
    // A firewall in its place is no more than that it did not open.
    cause: result.outcome === 'ok' ? null : (result.cause ?? 'monitor_error'),
  }
  return { landing, head: page.head, body: page.body }
}

/** Keeps what came of a look, unless another was kept since the host was claimed: two in one go would confirm each other. */
async function recordLook(ctx: Context, { id, looked_at: before }: Host, look: HostLook): Promise<void> {
  const now = ctx.clock.now()
  const at = new Date(now)
  await commitFacts(ctx, async (tx) => {
    const host = await tx
      .selectFrom('outbound_host')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!host || host.looked_at?.getTime() !== before?.getTime()) return []
    const verdict = judgeHost(host.host, look, host.well)
    const after = afterLook(beforeOf(host), verdict.state, now)
    const isOpen = look.landing.cause === null
    const isSame = after.state === verdict.state
    const isNews = after.isChanged || (isOpen && isSame && leadsElsewhere(host.landing, look.landing))
    const says = isOpen || isSame || host.landing === null
    await tx
      .updateTable('outbound_host')
      .set({
        ...{ state: after.state, since: new Date(after.sinceMs), looked_at: at },
        ...{ pending: after.pending, pending_times: after.pendingTimes },
        pending_since: after.pendingSinceMs === null ? null : new Date(after.pendingSinceMs),
        ...(says && { landing: JSON.stringify(look.landing) }),
        ...(isSame && { signs: JSON.stringify(verdict.signs) }),
        ...(isSame && isWell(verdict) && { well: JSON.stringify(look.landing) }),
        ...(isOpen && { opened_at: at }),
        next_look_at: sql<Date>`case when sites = 0 and looked_at is not null then null
          else ${new Date(now + after.againMs)}::timestamptz end`,
      })
      .where('id', '=', id)
      .execute()
    if (isNews) await keepChange(tx, id, after.state, look.landing, verdict.signs, at)
    return followHosts(ctx, tx, [id], now)
  })
}

const isWell = ({ state }: HostVerdict): boolean => state === 'fine' || state === 'moved'

/** An address that leads to another domain or title than at the look before; a counter or a date in the title is none. */
function leadsElsewhere(before: Landing | null, after: Landing): boolean {
  return (
    before === null || before.domain !== after.domain || bareTitle(before.title) !== bareTitle(after.title)
  )
}

const beforeOf = (host: Host) => ({
  ...{ state: host.state, sinceMs: host.since.getTime() },
  ...{ pending: host.pending, pendingTimes: host.pending_times },
  pendingSinceMs: host.pending_since?.getTime() ?? null,
})

async function keepChange(
  tx: Parameters<typeof followHosts>[1],
  id: number,
  state: Host['state'],
  landing: Landing,
  signs: readonly string[],
  at: Date,
): Promise<void> {
  await tx
    .insertInto('outbound_look')
    .values({
      ...{ host_id: id, at, state, landing: JSON.stringify(landing), signs: JSON.stringify(signs) },
    })
    .execute()
  await sql`
    delete from outbound_look where host_id = ${id} and id not in (
      select id from outbound_look where host_id = ${id} order by at desc, id desc limit ${LIMITS.looks.keptLooks})
  `.execute(tx)
}
