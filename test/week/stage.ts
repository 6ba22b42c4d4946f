import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DemoSite } from '../../server/demo/cast/register.ts'
import { OUTAGE_CAUSES, OUTAGE_KINDS, type OutageKind } from '../../server/demo/fleet/outages.ts'
import { outagesBetween } from '../../server/demo/fleet/script.ts'
import { type Fleet, startFleet } from '../../server/demo/fleet/server.ts'
import { kept } from '../../server/monitor/visit/http/bodies.ts'
import { createProber, type Visit } from '../../server/monitor/visit/visit.ts'
import { DAY } from '../../shared/base/time.ts'
import type { Story, TroubleKind } from './story.ts'

/** Answers of servers that ask for patience, which the fleet does not give. */
const PATIENCE = { rate_limited: 429, maintenance: 503 } as const
const RETRY_AFTER_S = { rate_limited: 900, maintenance: 300 } as const
/** Long enough for the fleet to have received a request, and to have decided what to do with it. */
const RECEIVED_MS = 200
/** How far around is looked for an instant at which the script has a kind of trouble. */
const LOOK_AROUND_MS = 60 * DAY

/**
 * Real visits over real sockets to the fleet, one of each kind: what a site's page is on a day, and each trouble
 * over HTTP and over HTTPS. A visit that finds the same again is given the same result.
 */
export interface Stage {
  readonly ports: { readonly http: number; readonly https: number }
  /** Visits that are really under way. */
  readonly underWay: () => number
  /** How many were really made. */
  readonly made: () => number
  /** The page behind a URL at an instant. */
  page(url: string, atMs: number): Promise<Visit>
  /** What a visit to a site in trouble results in. */
  trouble(kind: TroubleKind, scheme: 'http' | 'https'): Visit
  close(): Promise<void>
}

/** @param deadlineMs what a visit to a site that hangs is given; the results say 15 s all the same. */
export async function startStage(
  { sites, start: startMs, troubles: story }: Story,
  deadlineMs: number,
): Promise<Stage> {
  let fleetMs = startMs
  const fleet = await startFleet({ sites, now: () => fleetMs })
  const patient = await startPatient()
  const ports = { http: fleet.httpPort, https: fleet.httpsPort }
  const patientPort = (patient.address() as AddressInfo).port
  const prober = createProber({
    userAgent: 'Siteward week',
    ca: fleet.ca,
    allowHosts: [ports.http, ports.https, patientPort].map((port) => `*.localhost:${port}`),
    deadlineMs,
    nowMs: () => fleetMs,
  })
  const troubles = new Map<string, Visit>()
  const pages = new Map<string, Promise<Visit>>()
  let underWay = 0
  let made = 0
  const real = async (url: string, atMs: number): Promise<Visit> => {
    fleetMs = atMs
    underWay++
    made++
    const visit = await prober.visit({ url }).finally(() => underWay--)
    // It is played again and again.
    return { ...visit, body: visit.body && kept(visit.body) }
  }
  const kinds = new Set<string>([...LINE_KINDS, ...story.flat().map(({ kind }) => kind)])
  const places = findTroubles(sites, startMs, kinds)
  await rehearse(places, ports, real, troubles)
  for (const kind of ['rate_limited', 'maintenance'] as const) {
    const visit = await real(`http://patient.localhost:${patientPort}/${kind}`, startMs)
    for (const scheme of ['http', 'https']) troubles.set(`${kind} ${scheme}`, visit)
  }
  return {
    ports,
    underWay: () => underWay,
    made: () => made,
    page(url, atMs) {
      const key = `${Math.floor(atMs / DAY)} ${url}`
      const known = pages.get(key) ?? real(url, atMs)
      pages.set(key, known)
      return known.then((visit) => {
        // A site that is well must not fail because this machine is busy.
        if (visit.result.outcome !== 'ok')
          throw new Error(`${url} should have answered: ${visit.result.cause}`)
        return visit
      })
    },
    trouble(kind, scheme) {
      const visit = troubles.get(`${kind} ${scheme}`)
      if (!visit) throw new RangeError(`no visit to a site with ${kind} over ${scheme} was rehearsed`)
      return visit
    },
    async close() {
      prober.close()
      await close(fleet, patient)
    },
  }
}

/** What a line that fails and single misses look like. */
const LINE_KINDS: readonly OutageKind[] = ['refused', 'reset', 'silent']
/** These keep a visitor until his patience ends; they are rehearsed together. */
const HANGING: ReadonlySet<OutageKind> = new Set(['silent', 'slow', 'trickle'])

/**
 * Visits a site of each scheme in each kind of trouble once: the fleet's clock is set to an instant at which it is.
 * @throws when a visit does not result in what that trouble is.
 */
async function rehearse(
  found: ReadonlyMap<string, Place>,
  ports: Stage['ports'],
  visit: (url: string, atMs: number) => Promise<Visit>,
  troubles: Map<string, Visit>,
): Promise<void> {
  const places = [...found]
  const hanging: Promise<unknown>[] = []
  for (const [key, { site, kind, atMs }] of places.sort(([, a]) => (HANGING.has(a.kind) ? 1 : -1))) {
    const going = visit(`${site.scheme}://${site.host}:${ports[site.scheme]}/`, atMs).then((made) => {
      if (made.result.cause !== OUTAGE_CAUSES[kind])
        throw new Error(`${key} was rehearsed as ${made.result.cause}`)
      troubles.set(key, made)
    })
    if (HANGING.has(kind)) {
      hanging.push(going)
      await new Promise((resolve) => setTimeout(resolve, RECEIVED_MS))
    } else await going
  }
  await Promise.all(hanging)
  // What the script has over one scheme only is the same over the other, save certificates.
  for (const kind of OUTAGE_KINDS) {
    const one = troubles.get(`${kind} http`) ?? troubles.get(`${kind} https`)
    if (!one) continue
    for (const scheme of ['http', 'https']) {
      if (!troubles.has(`${kind} ${scheme}`)) troubles.set(`${kind} ${scheme}`, one)
    }
  }
}

interface Place {
  readonly site: DemoSite
  readonly kind: OutageKind
  readonly atMs: number
}

function findTroubles(
  sites: readonly DemoSite[],
  startMs: number,
  kinds: ReadonlySet<string>,
): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const site of sites) {
    for (const { kind, start, end } of outagesBetween(
      site,
      startMs - LOOK_AROUND_MS,
      startMs + LOOK_AROUND_MS,
    )) {
      const key = `${kind} ${site.scheme}`
      if (kinds.has(kind) && !places.has(key))
        places.set(key, { site, kind, atMs: Math.floor((start + end) / 2) })
    }
  }
  return places
}

/** A server that says for how long it does not want to be visited. */
async function startPatient(): Promise<Server> {
  const server = createServer((request, response) => {
    const kind = request.url === '/rate_limited' ? 'rate_limited' : 'maintenance'
    const headers = { 'retry-after': String(RETRY_AFTER_S[kind]), 'content-type': 'text/html' }
    response.writeHead(PATIENCE[kind], headers).end('<html><body>请稍后再试</body></html>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

async function close(fleet: Fleet, patient: Server): Promise<void> {
  patient.closeAllConnections()
  await Promise.all([fleet.close(), new Promise((resolve) => patient.close(resolve))])
}
