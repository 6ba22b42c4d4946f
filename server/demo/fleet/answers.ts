import { gunzipSync, gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { choose } from '../cast/random.ts'
import type { Encoding } from '../cast/traits.ts'
import { APPLY_PATH, isSystemDown } from './pages/attachments.ts'
import { isSoftSite } from './pages/broken-links.ts'
import { declaredCharset } from './pages/charset.ts'
import { PERSONS_FILE, SEASON_PATH, seasonScript, tamper } from './pages/content/faults.ts'
import { personsFile, personsPage } from './pages/content/persons.ts'
import { formFile } from './pages/files.ts'
import { PORT } from './pages/foreign.ts'
import { messagesPage } from './pages/messages.ts'
import {
  addressOf,
  articlePage,
  extraListPage,
  FRAME_PATH,
  framedPage,
  homePage,
  homeVersion,
  listData,
  listPage,
  REFRESH_TARGET,
  refreshPage,
  type Scene,
  VISITS,
} from './pages/pages.ts'
import { plainPage } from './pages/plain.ts'
import { isSearchBroken, searchPage } from './pages/search.ts'
import { COLUMNS, type FleetColumn } from './publishing.ts'

/** What a site answers with; the body is gzipped. */
export interface FleetAnswer {
  readonly status: number
  readonly contentType: string
  readonly gzipped: Buffer
  /** Null for a server without conditional requests. */
  readonly etag: string | null
}

/** A scene, with the fleet's own port for links to hosts outside the register. */
interface Served extends Scene {
  readonly port?: number
}

const HOME_PATHS = new Set(['/', '/index.html', '/index.htm', '/index.shtml', '/default.asp'])
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

/** Pages kept as gzip, the least recently used going first. */
export class PageCache {
  readonly #limit: number
  readonly #kept = new Map<string, { version: string; gzipped: Buffer }>()
  #bytes = 0

  constructor(limitBytes: number) {
    this.#limit = limitBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** The page as it was kept, or as `make` makes it when there is none of this version. */
  gzipped(key: string, version: string, make: () => Buffer): Buffer {
    const known = this.#kept.get(key)
    if (known) this.#drop(key, known.gzipped)
    const gzipped = known?.version === version ? known.gzipped : gzipSync(make(), { level: 5 })
    this.#kept.set(key, { version, gzipped })
    this.#bytes += gzipped.length
    this.#trim()
    return gzipped
  }

  #trim(): void {
    for (const [key, { gzipped }] of this.#kept) {
      if (this.#bytes <= this.#limit) return
      this.#drop(key, gzipped)
    }
  }

  #drop(key: string, gzipped: Buffer): void {
    this.#kept.delete(key)
    this.#bytes -= gzipped.length
  }
}

/** What the site answers to a request for an address (path and query). */
export function answerTo(scene: Served, address: string, cache: PageCache): FleetAnswer {
  const path = address.split('?', 1)[0] ?? '/'
  if (/\.(?:gif|jpg|png|ico)$/.test(path)) return plain(200, 'image/gif', PIXEL)
  const file = formFile(path, scene.behaviour.publisher.salt)
  if (file) return plain(200, file.type, file.body)
  const persons = path === PERSONS_FILE ? personsFile(scene.behaviour.publisher.salt) : null
  if (persons) return plain(200, XLSX, Buffer.from(persons))
  const script = path === SEASON_PATH ? seasonScript(scene.behaviour.publisher.salt) : null
  if (script) return plain(200, 'text/javascript; charset=utf-8', Buffer.from(withPort(script, scene)))
  if (path === APPLY_PATH) return applySystem(scene)
  if (isSearchBroken(scene, address))
    return plain(500, 'text/html; charset=utf-8', Buffer.from('<h1>500</h1>'))
  if (path === '/robots.txt') return plain(200, 'text/plain', Buffer.from('User-agent: *\nAllow: /\n'))
  const data = /^\/data\/(\w+)\.json$/.exec(path)?.[1]
  if (COLUMNS.includes(data as FleetColumn)) {
    return plain(200, 'application/json', Buffer.from(listData(scene, data as FleetColumn)))
  }
  return page(scene, address, path, cache) ?? notFound(scene, cache)
}

function page(scene: Served, address: string, path: string, cache: PageCache): FleetAnswer | null {
  const { traits } = scene.behaviour
  const isHome = isHomePath(scene, path)
  const version = homeVersion(scene)
  const make = isHome
    ? () => tamper(homePage(scene), scene.behaviour.publisher.salt)
    : pageMaker(scene, address, path)
  if (!make) return null
  const html = (): Buffer => encode(counted(make(), scene), traits.encoding)
  // Home and lists change with the version, an article never does; a visit counter changes always.
  const gzipped = traits.counter
    ? gzipSync(html(), { level: 1 })
    : cache.gzipped(`${scene.site.host} ${isHome ? 'home' : address}`, version, html)
  const etag = traits.validators ? `"${scene.site.code}-${version}"` : null
  return { status: 200, contentType: typeOf(traits.encoding), gzipped, etag }
}

function isHomePath({ behaviour }: Served, path: string): boolean {
  return behaviour.traits.home === 'refresh' ? path === REFRESH_TARGET : HOME_PATHS.has(path)
}

function pageMaker(scene: Served, address: string, path: string): (() => string) | null {
  if (HOME_PATHS.has(path)) return () => refreshPage(scene)
  const framed = path === FRAME_PATH ? framedPage(scene) : null
  if (framed !== null) return () => framed
  const slug = /^\/(?:about|zt)\/([\w-]+)\.html$/.exec(path)?.[1]
  const found = slug === 'query' ? searchPage(scene, address) : null
  const own = slug ? (found ?? messagesPage(scene, slug) ?? personsPage(scene, slug)) : null
  const text = slug ? (own ?? plainPage(scene, slug)) : null
  if (text) return () => text
  const place = addressOf(scene, address)
  if (!place) return null
  if ('extra' in place) return () => extraListPage(scene, place.extra)
  if ('column' in place) return () => listPage(scene, place.column)
  const article = articlePage(scene, place.article)
  return article === null ? null : () => article
}

const withPort = (written: string, { port }: Served): string => written.replaceAll(PORT, String(port ?? 80))

function counted(written: string, scene: Served): string {
  const { behaviour, atMs } = scene
  const html = withPort(written, scene)
  return behaviour.traits.counter ? html.replace(VISITS, visitNumber(behaviour.publisher.salt, atMs)) : html
}

function encode(html: string, encoding: Encoding): Buffer {
  return encoding === 'utf8' || encoding === 'utf8_as_gbk' ? Buffer.from(html) : iconv.encode(html, 'gbk')
}

/** Only sites in UTF-8 say so in the header; the others leave it to the page. */
function typeOf(encoding: Encoding): string {
  return encoding === 'utf8' ? `text/html; charset=${declaredCharset(encoding)}` : 'text/html'
}

function applySystem({ site, behaviour }: Served): FleetAnswer {
  const isDown = isSystemDown(behaviour.publisher.salt)
  const text = isDown ? '系统维护中' : '网上申报系统'
  const html = `<html><head><meta charset="utf-8"><title>${text}</title></head><body><h1>${site.unit}${text}</h1></body></html>`
  return plain(isDown ? 503 : 200, 'text/html; charset=utf-8', Buffer.from(html))
}

/** Some sites have their home page for whatever they have not. */
function notFound(scene: Served, cache: PageCache): FleetAnswer {
  const { site, behaviour } = scene
  const home = isSoftSite(behaviour) ? page(scene, '/', '/', cache) : null
  if (home) return home
  return plain(
    404,
    'text/html; charset=utf-8',
    Buffer.from(`<h1>404</h1><p>${site.name}：您访问的页面不存在。</p>`),
  )
}

function plain(status: number, contentType: string, body: Buffer): FleetAnswer {
  return { status, contentType, gzipped: gzipSync(body, { level: 1 }), etag: null }
}

/** The body for a client that does not take gzip. */
export function unzipped({ gzipped }: FleetAnswer): Buffer {
  return gunzipSync(gzipped)
}

/** A made-up but rising number of visits. */
function visitNumber(salt: number, atMs: number): string {
  return String(200_000 + choose(2_000_000, salt, 71) + (Math.floor(atMs / 7_919) % 10_000_000))
}
