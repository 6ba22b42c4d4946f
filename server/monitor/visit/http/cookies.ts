interface Cookie {
  name: string
  value: string
  domain: string
  hostOnly: boolean
  path: string
  secure: boolean
}

function attributesOf(parts: readonly string[]): Map<string, string> {
  return new Map(
    parts.map((part) => {
      const [key = '', value = ''] = part.split(/=(.*)/s)
      return [key.trim().toLowerCase(), value.trim()]
    }),
  )
}

/** Of one visit; browsers keep as many of a site. */
const MAX_COOKIES = 180
/** Of one cookie with its attributes, as in browsers. */
const MAX_LINE = 4_096

/** RFC 6265 section 5.1.4. */
function defaultPath(url: URL): string {
  const end = url.pathname.lastIndexOf('/')
  return end <= 0 ? '/' : url.pathname.slice(0, end)
}

function coversHost(cookie: Pick<Cookie, 'domain' | 'hostOnly'>, host: string): boolean {
  return host === cookie.domain || (!cookie.hostOnly && host.endsWith(`.${cookie.domain}`))
}

function coversPath(path: string, pathname: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
}

/**
 * The cookies of one visit, carried from hop to hop as in a fresh browser (RFC 6265). Public suffixes are not
 * checked: nothing outlives the visit.
 */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>()

  store(lines: readonly string[], url: URL): void {
    for (const line of lines) {
      if (line.length <= MAX_LINE && this.#cookies.size < MAX_COOKIES) this.#storeOne(line, url)
    }
  }

  #storeOne(line: string, url: URL): void {
    const [pair = '', ...rest] = line.split(';')
    const cut = pair.indexOf('=')
    if (cut < 1) return
    const attributes = attributesOf(rest)
    const domain = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase()
    const path = attributes.get('path') ?? ''
    const cookie: Cookie = {
      name: pair.slice(0, cut).trim(),
      value: pair.slice(cut + 1).trim(),
      domain: domain || url.hostname,
      hostOnly: domain === '',
      path: path.startsWith('/') ? path : defaultPath(url),
      secure: attributes.has('secure'),
    }
    if (!coversHost(cookie, url.hostname)) return
    const key = `${cookie.domain}\n${cookie.path}\n${cookie.name}`
    const age = attributes.get('max-age')
    if (age !== undefined && Number(age) <= 0) this.#cookies.delete(key)
    else this.#cookies.set(key, cookie)
  }

  /** The value of the `Cookie` header for `url`, empty if there is none. */
  header(url: URL): string {
    const secure = url.protocol === 'https:'
    return [...this.#cookies.values()]
      .filter((cookie) => coversHost(cookie, url.hostname) && coversPath(cookie.path, url.pathname))
      .filter((cookie) => secure || !cookie.secure)
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join('; ')
  }
}
