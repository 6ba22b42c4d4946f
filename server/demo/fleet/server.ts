import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { SecureContext, TLSSocket } from 'node:tls'
import type { DemoSite } from '../cast/register.ts'
import { servePlanted } from '../planted/serve.ts'
import { answerTo, type FleetAnswer, PageCache, unzipped } from './answers.ts'
import { type Certificates, createCertificates, type Flavour } from './certificates.ts'
import { createControl } from './control.ts'
import { Director } from './director.ts'
import { type Exchange, later, misbehave } from './misbehave.ts'
import type { OutageKind } from './outages.ts'
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
  close(): Promise<void>
}

/** Hosts that answer whenever the line is up, for a monitor that wants to know whether its own line is. */
const REFERENCE_HOST = /^reference(?:-\d+)?\.localhost$/
/** Its pages are given faults each night. */
const TEST_SITE_HOST = 'planted.localhost'
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
  const http = createServer()
  const https = createTlsServer({ SNICallback: (name, done) => stage.certify(name, done) })
  stage.serve(http)
  stage.serve(https)
  https.on('secureConnection', (socket: TLSSocket) => stage.refuse(socket))
  const control = createControl({
    director: stage.director,
    sites: options.sites,
    now,
    onCut: () => stage.cut(),
  })
  return {
    httpPort: await listen(http, options.httpPort ?? 0, host),
    httpsPort: await listen(https, options.httpsPort ?? 0, host),
    controlPort: await listen(control, options.controlPort ?? 0, '127.0.0.1'),
    ca: certificates.ca,
    async close() {
      const servers = [http, https, control]
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)))
      stage.cut()
      control.closeAllConnections()
      await Promise.all(closed)
    },
  }
}

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
    if (site && this.director.behaviourOf(site, this.#now()).outage === 'refused') {
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
      response.writeHead(REFERENCE_HOST.test(host) ? 204 : 421).end()
      return
    }
    const atMs = this.#now()
    const behaviour = this.director.behaviourOf(site, atMs)
    const socket = this.#socketOf(request.socket) ?? request.socket
    const answer = () => {
      const found = answerTo({ site, behaviour, atMs }, request.url ?? '/', this.#cache)
      send(request, response, found, templates[behaviour.traits.look].server)
    }
    const exchange: Exchange = { request, response, socket, latencyMs: behaviour.latencyMs, answer }
    if (behaviour.outage) misbehave(behaviour.outage, exchange)
    else later(exchange, answer)
  }

  #socketOf(socket: Socket): Socket | undefined {
    return this.#sockets.get(farEnd(socket))
  }
}

/** `port→port` of a connection on loopback. */
function farEnd(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort} ${socket.localPort}`
}

function groupHosts(sites: readonly DemoSite[]): Map<string, readonly string[]> {
  const byDistrict = new Map<string, string[]>()
  for (const { scheme, district, host } of sites) {
    if (scheme === 'https') byDistrict.set(district, [...(byDistrict.get(district) ?? []), host])
  }
  return new Map([...byDistrict.values()].flatMap((hosts) => hosts.map((host) => [host, hosts] as const)))
}

function send(request: IncomingMessage, response: ServerResponse, answer: FleetAnswer, server: string): void {
  const headers: Record<string, string> = { server, 'content-type': answer.contentType }
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
