import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { SecureContext, TLSSocket } from 'node:tls'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { type DemoLine, headersOf, lineOf } from '../cast/line.ts'
import type { DemoSite } from '../cast/register.ts'
import { servePlanted } from '../planted/serve.ts'
import { answerTo, type FleetAnswer, PageCache, unzipped } from './answers.ts'
import { type Certificates, createCertificates, type Flavour } from './certificates.ts'
import { createControl } from './control.ts'
import { Director } from './director.ts'
import { type Exchange, later, misbehave } from './misbehave.ts'
import type { OutageKind } from './outages.ts'
import { answerForeign } from './pages/foreign.ts'
import { templates } from './pages/looks/index.ts'
import { DEFAULT_SEED } from './script.ts'

export interface FleetOptions {
  readonly host?: string
  /** 0 for any free port. */
  readonly httpPort?: number
  readonly httpsPort?: number
  readonly controlPort?: number
  readonly sites: readonly DemoSite[]
  readonly seed?: number
  readonly now: () => number
}

export interface Fleet {
  readonly httpPort: number
  readonly httpsPort: number
  /** Port of the operator's door (see control.ts), on loopback always. */
  readonly controlPort: number
  /** Certificate (PEM) of the authority that signed the good sites' certificates. */
  readonly ca: string
  /** IPv6 addresses of its sites that have one, by host; none where this machine has no IPv6. */
  readonly hosts6: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** What a server shows for a name that nobody has set up there. */
const UNCONFIGURED = `<html><head><title>IIS7</title></head><body>${'<p>欢迎使用 Internet Information Services</p>'.repeat(9)}</body></html>`
/** Hosts that answer whenever the line is up, for a monitor that wants to know whether its own line is. */
const REFERENCE_HOST = /^reference(?:-\d+)?\.localhost$/
/** Its pages are given faults each night. */
const TEST_SITE_HOST = 'planted.localhost'
const LOOPBACK6 = '::1'
const CACHE_BYTES = 12_000_000
const FLAVOURS: Partial<Record<OutageKind, Flavour>> = {
  tls_expired: 'expired',
  tls_wrong_host: 'wrong_host',
  tls_self_signed: 'self_signed',
}

/** Starts one HTTP and one HTTPS server for all hosts of the fleet, and the operator's door. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { host = '127.0.0.1', seed = DEFAULT_SEED, now } = options
  const certificates = await createCertificates(now())
  const stage = new Stage(options.sites, seed, now, certificates)
  const plain = () => {
    const server = createServer()
    stage.serve(server)
    return server
  }
  const secure = () => {
    const server = createTlsServer({ SNICallback: (name, done) => stage.certify(name, done) })
    stage.serve(server)
    server.on('secureConnection', (socket: TLSSocket) => stage.refuse(socket))
    return server
  }
  const [http, https, http6, https6] = [plain(), secure(), plain(), secure()]
  const control = createControl({
    director: stage.director,
    sites: options.sites,
    now,
    onCut: () => stage.cut(),
  })
  const httpPort = await listen(http, options.httpPort ?? 0, host)
  const httpsPort = await listen(https, options.httpsPort ?? 0, host)
  stage.httpsPort = httpsPort
  stage.port = httpPort
  const hasSix = (await listensOverSix(http6, httpPort)) && (await listensOverSix(https6, httpsPort))
  return {
    ...{ httpPort, httpsPort, hosts6: hasSix ? addressesOf(options.sites) : {} },
    controlPort: await listen(control, options.controlPort ?? 0, '127.0.0.1'),
    ca: certificates.ca,
    async close() {
      const servers = [http, https, control, ...[http6, https6].filter((server) => server.listening)]
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)))
      stage.cut()
      control.closeAllConnections()
      await Promise.all(closed)
    },
  }
}

/** Machines without IPv6 have no loopback of it; then the fleet has no such addresses. */
const listensOverSix = (server: Server, port: number): Promise<boolean> =>
  listen(server, port, LOOPBACK6).then(
    () => true,
    () => false,
  )

const addressesOf = (sites: readonly DemoSite[]): Record<string, string> =>
  Object.fromEntries(sites.filter((site) => lineOf(site).six !== 'none').map(({ host }) => [host, LOOPBACK6]))

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Everything that the two servers share: who is at home under which name, and what they do to visitors. */
class Stage {
  readonly director: Director
  httpsPort = 0
  /** On which it listens without TLS. */
  port = 0
  readonly #sites: ReadonlyMap<string, DemoSite>
  /** Hosts with one certificate between them, by host. */
  readonly #certified: ReadonlyMap<string, readonly string[]>
  readonly #now: () => number
  readonly #seed: number
  readonly #certificates: Certificates
  readonly #cache = new PageCache(CACHE_BYTES)
  /** Open TCP sockets by their far end: what a TLS socket stands on cannot be reached from it. */
  readonly #sockets = new Map<string, Socket>()

  constructor(sites: readonly DemoSite[], seed: number, now: () => number, certificates: Certificates) {
    this.director = new Director(seed)
    this.#seed = seed
    this.#sites = new Map(sites.map((site) => [site.host, site]))
    this.#certified = groupHosts(sites)
    this.#now = now
    this.#certificates = certificates
  }

  serve(server: Server): void {
    server.on('connection', (socket: Socket) => this.#welcome(socket))
    server.on('request', (request: IncomingMessage, response: ServerResponse) =>
      this.#receive(request, response),
    )
  }

  /** Ends every connection at once, without a word. */
  cut(): void {
    for (const socket of this.#sockets.values()) socket.resetAndDestroy()
  }

  /** Chooses the certificate that a host shows at the moment. */
  certify(name: string, done: (error: Error | null, context?: SecureContext) => void): void {
    const site = this.#sites.get(name)
    const outage = site && this.director.behaviourOf(site, this.#now()).outage
    const flavour = (outage && FLAVOURS[outage]) || 'good'
    this.#certificates.contextOf(this.#certified.get(name) ?? [name], flavour).then(
      (context) => done(null, context),
      (error: Error) => done(error),
    )
  }

  /** A refusing host is only known after the TLS greeting; it hangs up before any request. */
  refuse(socket: TLSSocket): void {
    const site = this.#sites.get(String(socket.servername))
    if (!site) return
    const isRefused = this.director.behaviourOf(site, this.#now()).outage === 'refused'
    // A site that has no HTTPS hangs up as well.
    if (isRefused || (site.scheme === 'http' && !lineOf(site).alsoSecure)) {
      this.#socketOf(socket)?.resetAndDestroy()
    }
  }

  #welcome(socket: Socket): void {
    if (this.director.isLineDown) {
      socket.resetAndDestroy()
      return
    }
    const end = farEnd(socket)
    this.#sockets.set(end, socket)
    socket.once('close', () => {
      // After a reset the port is free at once: the next visitor may have it before this one's end is told.
      if (this.#sockets.get(end) === socket) this.#sockets.delete(end)
    })
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
    const site = this.#sites.get(host)
    if (host === TEST_SITE_HOST) {
      servePlanted(request, response, this.#seed, this.#now())
      return
    }
    if (!site) {
      if (answerForeign(host, this.port, response)) return
      response.writeHead(REFERENCE_HOST.test(host) ? 204 : 421).end()
      return
    }
    const atMs = this.#now()
    const behaviour = this.director.behaviourOf(site, atMs)
    const socket = this.#socketOf(request.socket) ?? request.socket
    const line = lineOf(site)
    const isSecure = 'encrypted' in request.socket
    if (isOverSix(socket) && this.#isLostOverSix(line, request, response, socket)) return
    if (site.scheme === 'https' && line.redirects && !isSecure && !behaviour.outage) {
      const location = `https://${host}:${this.httpsPort}${request.url ?? '/'}`
      response.writeHead(301, { location, 'content-length': 0 }).end()
      return
    }
    const answer = () => {
      const found = answerTo({ site, behaviour, atMs, port: this.port }, request.url ?? '/', this.#cache)
      const headers = { server: templates[behaviour.traits.look].server, ...headersOf(line, isSecure) }
      send(request, response, found, headers)
    }
    const exchange: Exchange = { request, response, socket, latencyMs: behaviour.latencyMs, answer }
    if (behaviour.outage) misbehave(behaviour.outage, exchange)
    else later(exchange, answer)
  }

  /** What does not come over IPv6 of a site that has such an address. */
  #isLostOverSix(
    { six }: DemoLine,
    request: IncomingMessage,
    response: ServerResponse,
    socket: Socket,
  ): boolean {
    if (six === 'opens' || (six === 'home' && request.url === '/')) return false
    if (six !== 'other') socket.resetAndDestroy()
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(UNCONFIGURED)
    return true
  }

  #socketOf(socket: Socket): Socket | undefined {
    return this.#sockets.get(farEnd(socket))
  }
}

const isOverSix = ({ localAddress }: Socket): boolean => localAddress === LOOPBACK6

/** `port→port` of a connection on loopback. */
function farEnd(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort} ${socket.localPort}`
}

function groupHosts(sites: readonly DemoSite[]): Map<string, readonly string[]> {
  const byDistrict = groupBy(
    sites.filter(({ scheme }) => scheme === 'https'),
    ({ district }) => district,
    ({ host }) => host,
  )
  return new Map([...byDistrict.values()].flatMap((hosts) => hosts.map((host) => [host, hosts] as const)))
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: FleetAnswer,
  always: Record<string, string>,
): void {
  const headers: Record<string, string> = { ...always, 'content-type': answer.contentType }
  if (answer.etag) headers.etag = answer.etag
  if (answer.etag && request.headers['if-none-match'] === answer.etag) {
    response.writeHead(304, headers).end()
    return
  }
  const isGzipWelcome = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const body = isGzipWelcome ? answer.gzipped : unzipped(answer)
  if (isGzipWelcome) headers['content-encoding'] = 'gzip'
  response.writeHead(answer.status, { ...headers, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}
