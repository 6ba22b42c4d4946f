import { HOUR, localDay } from '../../../../shared/base/time.ts'
import type { Shown } from '../../../../shared/monitor/freshness/evidence.ts'
import type { Finding } from '../../../../shared/monitor/freshness/freshness.ts'
import { setAside } from '../../../base/aside/set-aside.ts'
import type { Context } from '../../../base/context.ts'
import { Rate } from '../../../base/rate.ts'
import { isNews, shownBy } from '../../evidence/rules.ts'
import type { CarriedPage } from '../../visit/carried.ts'
import type { PageRead } from '../../visit/reading/page-read.ts'
import { leadsOn, readOn } from '../../visit/reading/read-on.ts'
import type { PageAnswer, Reader } from '../../visit/reading/reader.ts'
import type { Prober } from '../../visit/visit.ts'
import type { Visited } from '../../visit/visited.ts'
import { Places } from '../places.ts'
import { hostOf } from '../turns.ts'
import { READ_AGAIN_MS } from './due.ts'
import { ReadingQueue } from './queue.ts'

/** A page of a megabyte takes less than a hundred. */
const LONG_MS = 500
/** A page that could not be read is not tried again sooner: one that hangs costs a thread its time. */
const REST_MS = HOUR
/** Sites whose other pages are being visited, or wait for it, at most: those behind an entrance, or within the home page. */
const LED_ON = { most: 200, mostAtHost: 20 }

/** A page that was visited and is to be read. */
export interface PageToRead {
  readonly site: {
    readonly siteId: number
    readonly url: string
    readonly demo: boolean
    /** It is to close or move: the notice of that is looked for. */
    readonly isClosing: boolean
    /** It was an entrance when it was read last: other pages of it are visited. */
    readonly isEntrance: boolean
    /** What the last page kept of it shows. */
    readonly kept: Shown | null
    /** The print of its page when it was read last. */
    readonly print: string | null
  }
  /** The visit that brought it, as it was recorded. */
  readonly visited: Visited
  readonly body: Uint8Array
  readonly contentType: string | undefined
  /** Somebody waits for it. */
  readonly isAsked: boolean
  /** Nothing is known of the site yet. */
  readonly isFirst: boolean
  /** It is read whether or not it shows anything else than before. */
  readonly isForced: boolean
}

export interface ReadingsParts {
  readonly ctx: Context
  readonly reader: Reader
  readonly proberOf: (site: { demo: boolean }) => Prober
  /** Does the work when nothing else is under way at the site's host. */
  readonly alone: (site: { url: string; demo: boolean }, work: () => Promise<void>) => Promise<void>
  /** Takes what was read to be recorded. */
  readonly record: (visited: Visited) => void
  /** Stores that the page of a visit shows what was found on it before. */
  readonly confirm: (visited: Visited) => void
}

/**
 * Reads pages after their visits have been recorded: as many at a time as the reader does, those that somebody waits for
 * first. Of a site one page waits at most, the newest. Where there is no place for one, the site stays due to be read: its
 * visit says so, since nothing of a page is taken for known before it is recorded as read.
 */
export class Readings {
  readonly #parts: ReadingsParts
  readonly #queue: ReadingQueue<PageToRead>
  readonly #rate: Rate
  readonly #stop = new AbortController()
  /** Sites one of whose pages is being read. */
  readonly #underWay = new Map<number, Promise<void>>()
  /** Sites whose page could not be read, and until when it is let be unless somebody asks. */
  readonly #restUntil = new Map<number, number>()
  /** When the page was visited that was read last of a site (epoch ms). */
  readonly #readAt = new Map<number, number>()
  /** Sites of which somebody waits for a page that is not read yet. */
  readonly #asked = new Set<number>()
  readonly #ledOn = new Places(LED_ON)
  #reading = 0
  #refused = 0

  constructor(parts: ReadingsParts) {
    this.#parts = parts
    this.#queue = new ReadingQueue(() => parts.ctx.clock.now())
    this.#rate = new Rate(() => parts.ctx.clock.now())
  }

  /** Pages that wait or are being read. */
  get waiting(): number {
    return this.#queue.size + this.#underWay.size
  }

  /** For so many more pages there is a place. */
  get room(): number {
    return this.#queue.room
  }

  /** For how long the page has waited that waits the longest; 0: none does. */
  get oldestMs(): number {
    return this.#queue.oldestMs
  }

  get perS(): number {
    return this.#rate.perS
  }

  /** Pages that found no place since the start; their sites are still due. */
  get refused(): number {
    return this.#refused
  }

  /**
   * Of a site whose page is being read, or was read just now, another is not needed yet, unless somebody asks: a visit that
   * is made before that is recorded does not know it. What was asked of a page that waits is asked of the newer one in its place.
   */
  add(newest: PageToRead): void {
    const { siteId } = newest.site
    const isStill = this.#asked.has(siteId) && !this.#underWay.has(siteId)
    if (newest.isAsked) this.#asked.add(siteId)
    if (this.#stop.signal.aborted) return
    const page = isStill ? { ...newest, isAsked: true, isForced: true } : newest
    const { body, isAsked, isFirst } = page
    if (!isAsked && (this.#underWay.has(siteId) || this.#rests(page))) return
    const entry = {
      siteId,
      size: body.length,
      isAsked,
      isUrgent: isAsked || isFirst,
      item: page,
    }
    if (this.#queue.add(entry)) this.#next()
    else this.#refused++
  }

  /**
   * Begins no more and drops what waits, which stays due; resolves when nothing is under way.
   * @returns the sites whose page somebody still waits for.
   */
  async stop(): Promise<readonly number[]> {
    this.#stop.abort()
    this.#queue.clear()
    await Promise.allSettled(this.#underWay.values())
    return [...this.#asked]
  }

  #rests({ site: { siteId }, visited: { atMs } }: PageToRead): boolean {
    const isJustRead = Math.abs(atMs - (this.#readAt.get(siteId) ?? 0)) < READ_AGAIN_MS
    return isJustRead || (this.#restUntil.get(siteId) ?? 0) > this.#parts.ctx.clock.now()
  }

  #next(): void {
    const { reader } = this.#parts
    while (this.#reading < reader.size) {
      const page = this.#queue.take((siteId) => this.#underWay.has(siteId))
      if (!page) return
      const { siteId } = page.site
      const run = this.#read(page)
        .catch((error: unknown) => this.#setAside(page, error))
        .finally(() => {
          this.#underWay.delete(siteId)
          this.#next()
        })
      this.#underWay.set(siteId, run)
    }
  }

  async #read(page: PageToRead): Promise<void> {
    const { site } = page
    if (!site.isEntrance) return this.#readWith(page, null)
    // Without a place for what it leads to it would be read in vain.
    const leave = this.#enter(page)
    if (leave) await this.#readWith(page, leave).finally(leave)
  }

  /** @param place what leaves the place that it has for what it leads to; null: it has none yet. */
  async #readWith(page: PageToRead, place: (() => void) | null): Promise<void> {
    const { site, visited } = page
    const answer = await this.#readPage(page)
    if (this.#stop.signal.aborted) return
    this.#restUntil.delete(site.siteId)
    this.#readAt.set(site.siteId, visited.atMs)
    const { read } = answer
    if (read === null) this.#parts.confirm(visited)
    else if (leadsOn(read)) await this.#leadOn(page, read, answer.bytes, place)
    else await this.#conclude(page, read, answer.bytes)
    if (answer.cpuMs > LONG_MS) {
      const { cpuMs, bytes } = answer
      this.#parts.ctx.log.warn(
        { url: site.url, cpuMs, bytes: bytes.length, at: visited.atMs },
        'a page took long to read',
      )
    }
  }

  /** Occupies one of the reader's places as long as the page itself is read, and no longer. */
  async #readPage({ site, visited, body, contentType, isForced }: PageToRead): Promise<PageAnswer> {
    const { result, atMs } = visited
    this.#reading++
    try {
      return await this.#parts.reader.read({
        bytes: body,
        contentType,
        url: result.finalUrl ?? site.url,
        kind: 'home',
        ref: localDay(atMs),
        isCut: result.notes.includes('capped'),
        isClosing: site.isClosing,
        print: isForced ? null : site.print,
      })
    } finally {
      this.#reading--
      this.#rate.add(1)
      this.#next()
    }
  }

  /** Where too many wait for that, the site stays due, and keeps no page waiting that leads nowhere. */
  async #leadOn(
    page: PageToRead,
    read: PageRead,
    bytes: Uint8Array,
    place: (() => void) | null,
  ): Promise<void> {
    const leave = place ?? this.#enter(page)
    if (leave) await this.#parts.alone(page.site, () => this.#conclude(page, read, bytes)).finally(leave)
  }

  /** Takes a place for what a page leads to; one that somebody waits for always finds one. */
  #enter({ site, isAsked }: PageToRead): (() => void) | null {
    const host = hostOf(site.url)
    const leave = isAsked ? this.#ledOn.force(host) : this.#ledOn.enter(host)
    if (!leave) this.#refused++
    return leave
  }

  async #conclude({ site, visited, isAsked }: PageToRead, read: PageRead, bytes: Uint8Array): Promise<void> {
    const { reader, proberOf, record } = this.#parts
    const { result, atMs } = visited
    const ref = localDay(atMs)
    const by = { prober: proberOf(site), reader, ref, signal: this.#stop.signal }
    const home = await readOn(by, read, result.finalUrl ?? site.url)
    if (this.#stop.signal.aborted) return
    if (isAsked) this.#asked.delete(site.siteId)
    const shows = shownBy(result.outcome, home.finding, ref)
    record({ ...visited, ...home, isReading: true, copy: carried(site.kept, shows, bytes, home.finding) })
  }

  async #setAside({ site, visited, isAsked }: PageToRead, error: unknown): Promise<void> {
    if (this.#stop.signal.aborted) return
    const { ctx } = this.#parts
    const { siteId } = site
    this.#restUntil.set(siteId, ctx.clock.now() + REST_MS)
    const data = { at: visited.atMs, bodyHash: visited.result.bodyHash }
    await setAside(ctx, { kind: 'reading', ref: String(siteId), siteId, data }, error)
    if (isAsked) this.#asked.delete(siteId)
  }
}

/**
 * The page travels to the record step when it shows something else than the last one kept, or may turn out to:
 * memory can take dates away, never add any.
 */
function carried(
  kept: Shown | null,
  shows: Shown | null,
  bytes: Uint8Array,
  finding: Finding,
): CarriedPage | null {
  if (shows === null) return null
  if (isNews(shows, kept)) return { bytes, shows }
  return finding.outcome === 'dated' ? { bytes, shows, spare: true } : null
}
