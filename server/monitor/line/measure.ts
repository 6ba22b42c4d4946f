import { gradeOf } from '../../../shared/monitor/line/grade-rules.ts'
import type { LineMeasured, NoLineFor, SecureState } from '../../../shared/monitor/line/line-rules.ts'
import { type Cause, causeGroup } from '../../../shared/monitor/visit/probes.ts'
import { endOf, followWay, type Way } from './follow.ts'
import { headerResults, hstsAge } from './grade/headers.ts'
import { redirectionOf } from './grade/redirection.ts'
import { lookAt, type PageSeen, sameness } from './page.ts'
import type { LineParts, LineSite } from './parts.ts'
import { overSix } from './six.ts'

/**
 * Looks at the line of a site: its home page plain, by HTTPS, and over IPv6, each as a browser would come to it.
 * @returns why nothing can be said, where its home page does not come.
 */
export async function measureLine(site: LineSite, parts: LineParts): Promise<LineMeasured | NoLineFor> {
  const { prober, ports, limits, signal, wait } = parts
  const at = new URL(site.url)
  const plain = await followWay(prober, addressOf(at, 'http:', ports.http), { signal })
  await wait(limits.pauseMs)
  const secure = await followWay(prober, addressOf(at, 'https:', ports.https), { signal })
  const home = isGood(secure) ? secure : plain
  const end = endOf(home)
  if (end !== 'page') return end === 'blocked' ? 'blocked' : 'notOpened'
  const page = await lookAt(home.last.asked)
  const load = await loadOf(home, parts)
  const state = secureState(secure, site.secureBefore)
  const isOther = state === 'opens' && home === secure && (await differs(plain, page, limits.same))
  const graded = await gradedBy(home, { page, plain, state })
  await wait(limits.pauseMs)
  return {
    url: home.last.url.href,
    six: await overSix({ home: home.last.url, page, pages: site.pages }, parts),
    secure: {
      state: isOther ? 'other' : state,
      cause: secure.last.asked.cause,
      redirection: redirectionOf(plain),
      hstsAge:
        home.last.url.protocol === 'https:'
          ? hstsAge(home.last.asked.headers['strict-transport-security'])
          : null,
      certDaysLeft: secure.hops[0]?.asked.certDaysLeft ?? null,
      isIncomplete: secure.hops.some(({ asked }) => asked.notes.includes('incomplete_chain')),
      isWeak: secure.hops.some(({ asked }) => asked.notes.includes('weak_tls')),
    },
    headers: graded,
    load: { ms: load, by: 'load' },
  }
}

/** The same home page by this protocol; where the site is registered by the other, on the port of this one. */
function addressOf(at: URL, protocol: 'http:' | 'https:', port: number): URL {
  if (at.protocol === protocol) return at
  const other = new URL(at)
  // A protocol cannot be changed while the port is one of its own.
  other.port = ''
  other.protocol = protocol
  other.port = String(port)
  return other
}

const isGood = (way: Way): boolean => way.last.url.protocol === 'https:' && endOf(way) === 'page'

/** Nobody answers: as without HTTPS behind a firewall, or on a bad day. */
const SILENT: readonly (Cause | null)[] = ['timeout', 'reset', 'closed', 'unreachable'] satisfies Cause[]

function secureState(secure: Way, before: LineSite['secureBefore']): SecureState {
  const { asked, url } = secure.last
  if (asked.isNational) return 'national'
  if (asked.cause !== null) {
    const group = causeGroup(asked.cause)
    if (group === 'tls') return 'fault'
    // Behind a redirect it is a fault of another page.
    if (secure.hops.length === 1 && isNone(asked.cause, before)) return 'none'
    return group === 'monitor' || group === 'network' ? 'unknown' : 'fault'
  }
  if (url.protocol === 'http:') return 'none'
  const end = endOf(secure)
  return end === 'page' ? 'opens' : end === 'blocked' ? 'unknown' : 'fault'
}

/** Whether nobody serves HTTPS: a host says so at once; silence says it when it is the same at the look before. */
function isNone(cause: Cause, before: LineSite['secureBefore']): boolean {
  if (cause === 'refused') return true
  return (
    SILENT.includes(cause) && before !== null && (before.state === 'none' || SILENT.includes(before.cause))
  )
}

/** Another site answers by HTTPS than does without it. */
async function differs(plain: Way, page: PageSeen, least: number): Promise<boolean> {
  if (endOf(plain) !== 'page' || plain.last.url.protocol === 'https:') return false
  return sameness((await lookAt(plain.last.asked)).text, page.text) < least
}

async function loadOf(home: Way, { prober, limits, signal, wait }: LineParts): Promise<number> {
  if (home.tookMs <= limits.slowMs) return home.tookMs
  await wait(limits.pauseMs)
  const [first] = home.hops
  const again = await followWay(prober, first?.url ?? home.last.url, { signal })
  return endOf(again) === 'page' ? Math.min(home.tookMs, again.tookMs) : home.tookMs
}

async function gradedBy(
  home: Way,
  { page, plain, state }: { readonly page: PageSeen; readonly plain: Way; readonly state: SecureState },
): Promise<LineMeasured['headers']> {
  const { url, asked } = home.last
  const results = headerResults({
    ...{ url, headers: asked.headers, cookies: home.cookies },
    isHtml: /html|^$/.test(asked.headers['content-type'] ?? ''),
    ...{ scripts: page.scripts, metaCsp: page.metaCsp, redirection: redirectionOf(plain) },
    isTrusted: state === 'opens' ? true : state === 'fault' ? false : null,
  })
  return { results, ...gradeOf(results) }
}
