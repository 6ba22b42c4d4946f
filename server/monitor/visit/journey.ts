import type { Cause, VisitNote, VisitOutcome } from '../../../shared/monitor/visit/probes.ts'
import { Fetcher, type ProberParts } from './fetcher.ts'
import { giveBack } from './http/bodies.ts'
import { CookieJar } from './http/cookies.ts'
import { decode } from './http/decode.ts'
import { fingerprint, lengthOf } from './http/fingerprint.ts'
import type { Head } from './http/head.ts'
import { requestText, type Validators } from './http/request.ts'
import { Unpacked } from './http/unpacked.ts'
import { locationUrl, resolveUrl } from './http/url.ts'
import type { Fault, HopAnswer } from './net/hop.ts'
import type { Refused } from './order.ts'
import { isPlainPage, judgePage, type PageVerdict } from './page/judge.ts'
import type { SoftRedirect } from './page/refresh.ts'

const MAX_REDIRECTS = 10
const REDIRECTS = new Set([301, 302, 303, 307, 308])

export interface Arrival {
  outcome: VisitOutcome
  cause: Cause | null
  head: Head | null
  /** Decoded; null after a failure, when nothing was modified, and where it is `known`. */
  body: Buffer | null
  /** The fingerprint of a page that was not unpacked, being what it was. */
  known: string | null
  /** Of the decoded body, also of one that was no good. */
  bytes: number
  notModified: boolean
  /** Validators of the last page, unless a signpost page led there: it would be taken for the page itself. */
  validators: Validators
}

const NO_VALIDATORS: Validators = { etag: null, lastModified: null }

function isRedirect({ status, headers }: Head): boolean {
  return REDIRECTS.has(status) && headers.location !== undefined
}

function isFound({ status }: Head): boolean {
  return status >= 200 && status < 300
}

function failure(cause: Cause, head: Head | null = null): Arrival {
  return {
    outcome: 'failed',
    cause,
    head,
    body: null,
    known: null,
    bytes: 0,
    notModified: false,
    validators: NO_VALIDATORS,
  }
}

function validatorsOf({ headers }: Head): Validators {
  return { etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null }
}

/** One way from a registered address to the page that a citizen gets to see, over all its hops. */
export class Journey {
  readonly #parts: ProberParts
  readonly #validators: Validators | null
  readonly #known: string | null
  readonly #address: string
  readonly #headOnly: boolean
  readonly #seen = new Set<string>()
  #jar: CookieJar | null = null
  #isIndirect = false
  /** The page that led on by refresh or script, and from where. */
  #signpost: { page: Arrival; url: URL } | null = null
  readonly notes = new Set<VisitNote>()
  readonly fetcher: Fetcher
  url: URL
  redirects = 0

  constructor(
    parts: ProberParts,
    url: URL,
    {
      validators,
      known,
      headOnly,
      opened,
    }: { validators: Validators | null; known: string | null; headOnly: boolean; opened: () => void },
  ) {
    this.#parts = parts
    this.#validators = validators
    this.#known = known
    this.#address = url.href
    this.#headOnly = headOnly
    this.fetcher = new Fetcher(parts, this.notes, opened)
    this.url = url
  }

  /** Follows the hops to the end. May never settle once the fetcher is stopped. */
  async run(): Promise<Arrival> {
    const arrival = await this.#travel()
    if (arrival.outcome !== 'failed') return arrival
    return this.backToSignpost(arrival.cause) ?? arrival
  }

  async #travel(): Promise<Arrival> {
    for (;;) {
      const cookies = this.#jar?.header(this.url) ?? ''
      if (this.#isLoop(cookies)) return failure('redirect_loop')
      const answer = await this.#get(cookies)
      if (answer.kind !== 'answer') return failure(this.#causeOf(answer))
      const next = isRedirect(answer.head) ? this.#redirect(answer.head) : await this.#arrive(answer)
      if (!(next instanceof URL)) return next
      this.url = next
    }
  }

  /**
   * The signpost page itself, when what it leads to is not there, or is somebody else's and out of reach: the home
   * page has opened all the same. That its own server fails behind it is an outage. Null: there is nothing to go
   * back to.
   */
  backToSignpost(cause: Cause | null): Arrival | null {
    if (!this.#signpost) return null
    const { page, url } = this.#signpost
    if (cause !== 'http_4xx' && this.url.hostname === url.hostname) return null
    this.notes.add('signpost_dead')
    this.url = url
    this.fetcher.facts.status = page.head?.status ?? null
    return page
  }

  #get(cookies: string) {
    const request = requestText(this.url, this.#parts.fixedFields, this.#validators, cookies)
    const wantsBody = (head: Head) => !isRedirect(head) && !(this.#headOnly && isFound(head))
    return this.fetcher.get({ url: this.url, request, maxBytes: this.#parts.maxBytes, wantsBody })
  }

  /** Where this place has no IPv6, that it does not reach a site which has nothing else says nothing of the site. */
  #causeOf(end: Fault | Refused): Cause {
    const isOurs = end.kind === 'fault' && end.isWithoutSix && !this.#parts.hasSix()
    return isOurs ? 'no_ipv6' : end.cause
  }

  /** The same address with the same cookies gives the same answer; with new cookies it may not. */
  #isLoop(cookies: string): boolean {
    const key = `${this.url.href}\n${cookies}`
    if (this.#seen.has(key)) return true
    this.#seen.add(key)
    return false
  }

  #redirect(head: Head): URL | Arrival {
    this.redirects++
    if (head.isOdd) this.notes.add('bad_protocol')
    if (this.redirects > MAX_REDIRECTS) return failure('redirect_limit', head)
    this.#keepCookies(head)
    return locationUrl(head.headers.location ?? '', this.url) ?? failure('redirect_invalid', head)
  }

  #keepCookies(head: Head): void {
    if (head.setCookies.length === 0) return
    this.#jar ??= new CookieJar()
    this.#jar.store(head.setCookies, this.url)
  }

  async #arrive(answer: HopAnswer): Promise<URL | Arrival> {
    const { head } = answer
    if (head.isOdd) this.notes.add('bad_protocol')
    if (head.status === 304 && this.#validators) return this.#unchanged(head)
    if (this.#headOnly && isFound(head)) return this.#found(head)
    const packed = this.#packed(answer)
    if (packed !== null && this.#isKnown(packed)) return this.#same(answer)
    const { body, verdict } = await this.#judge(answer)
    if (packed !== null && body !== answer.body) this.#remember(head, packed, body)
    const next = verdict.soft && this.#follow(verdict.soft)
    if (next) {
      const page = { head, body, known: null, bytes: body.length, notModified: false }
      const signpost: Arrival = { outcome: 'ok', cause: null, ...page, validators: NO_VALIDATORS }
      this.#signpost = { page: signpost, url: this.url }
      this.#keepCookies(head)
      return next
    }
    const { outcome, cause } = verdict
    const page = outcome === 'failed' ? null : body
    const validators = this.#validatorsOf(head)
    return {
      outcome,
      cause,
      head,
      body: page,
      known: null,
      bytes: body.length,
      notModified: false,
      validators,
    }
  }

  #validatorsOf(head: Head): Validators {
    return this.#isIndirect ? NO_VALIDATORS : validatorsOf(head)
  }

  /** What the bytes of a good answer are known by, where they are compressed and a page is known that they may be. */
  #packed({ head, body, isCapped, isTruncated }: HopAnswer): string | null {
    const isWhole =
      this.#known !== null && isPlainPage(head, lengthOf(this.#known)) && !isCapped && !isTruncated
    return isWhole ? Unpacked.packedAs(head, body) : null
  }

  #isKnown(packed: string): boolean {
    return this.#known !== null && this.#parts.unpacked.isOf(this.#address, packed, this.#known)
  }

  #remember(head: Head, packed: string, body: Buffer): void {
    const { unpacked, maxBytes } = this.#parts
    const isPlain = isPlainPage(head, body.length) && body.length < maxBytes
    if (isPlain && fingerprint(body) === this.#known) unpacked.remember(this.#address, packed, this.#known)
  }

  /** The page is the one that is known: nobody needs its body. */
  #same({ head, body }: HopAnswer): Arrival {
    giveBack(body)
    const known = this.#known ?? ''
    const validators = this.#validatorsOf(head)
    return {
      ...failure('empty', head),
      outcome: 'ok',
      cause: null,
      known,
      bytes: lengthOf(known),
      validators,
    }
  }

  #found(head: Head): Arrival {
    if (head.headers['content-length'] === '0') return failure('empty', head)
    return { ...failure('empty', head), outcome: 'ok', cause: null }
  }

  /** A 304 may leave its validators out: those that were asked with still hold. */
  #unchanged(head: Head): Arrival {
    const { etag, lastModified } = validatorsOf(head)
    const asked = this.#validators ?? NO_VALIDATORS
    const validators = { etag: etag ?? asked.etag, lastModified: lastModified ?? asked.lastModified }
    return { ...failure('empty', head), outcome: 'ok', cause: null, notModified: true, validators }
  }

  async #judge({
    head,
    body,
    isCapped,
    isTruncated,
  }: HopAnswer): Promise<{ body: Buffer; verdict: PageVerdict }> {
    const limits = { limit: this.#parts.maxBytes, isCut: isCapped || isTruncated }
    const decoded = await decode(head.headers['content-encoding'], body, limits)
    if ('fault' in decoded) return { body, verdict: judgePage(head, body, decoded.fault) }
    if (decoded.body !== body) giveBack(body)
    if (decoded.isUnknown) this.notes.add('unknown_encoding')
    if (decoded.isCapped && !isTruncated) this.notes.add('capped')
    return { body: decoded.body, verdict: judgePage(head, decoded.body, isTruncated ? 'truncated' : null) }
  }

  #follow(soft: SoftRedirect): URL | null {
    const next = this.#isIndirect ? null : resolveUrl(soft.target, this.url)
    if (!next || next.href === this.url.href) return null
    this.#isIndirect = true
    this.notes.add(soft.note)
    return next
  }
}
