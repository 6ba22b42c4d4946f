import type { Cause, VisitNote } from '../../../shared/monitor/visit/probes.ts'
import { Fetcher, type ProberParts } from './fetcher.ts'
import { decode } from './http/decode.ts'
import { requestText } from './http/request.ts'
import { toUrl } from './http/url.ts'
import type { Resolution } from './net/dns.ts'
import { speaksNational } from './net/national.ts'

/** One question to a server, without following where it leads. */
export interface AskTarget {
  readonly url: string
  /** Over IPv6 and nothing else. */
  readonly overSix?: boolean
  readonly signal?: AbortSignal
}

/** How it ended, as data. Times in ms; `null` for what was not reached. */
export interface Asked {
  /** Why there is no answer; null: there is one, whatever its status. */
  readonly cause: Cause | null
  readonly status: number | null
  /** Lower-case names, without `set-cookie`. */
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  /** Decoded; null without an answer. */
  readonly body: Uint8Array | null
  readonly address: string | null
  /** From the question to the last byte. */
  readonly tookMs: number
  readonly notes: readonly VisitNote[]
  readonly certDaysLeft: number | null
  /** The server speaks the national protocol (TLCP) or shows a certificate by SM2, neither of which is a fault. */
  readonly isNational: boolean
}

/** What a question needs besides what visits share. */
export interface AskParts extends ProberParts {
  /** Addresses of a name that are IPv6. */
  readonly resolveSix: (hostname: string) => Promise<Resolution>
}

const NOTHING = { status: null, headers: {}, cookies: [], body: null, address: null, notes: [] }

/** An ending without an answer. */
export const unanswered = (cause: Cause, tookMs = 0): Asked => ({
  ...NOTHING,
  ...{ cause, tookMs, certDaysLeft: null, isNational: false },
})

/** Asks once, by GET. Never throws: whatever happens is data. */
export async function ask(parts: AskParts, target: AskTarget, deadlineMs: number): Promise<Asked> {
  const url = toUrl(target.url)
  if (!url) return unanswered('bad_url')
  if (target.signal?.aborted) return unanswered('aborted')
  const startedAt = parts.elapsedMs()
  const notes = new Set<VisitNote>()
  const own = target.overSix ? { ...parts, resolve: parts.resolveSix } : parts
  const fetcher = new Fetcher(own, notes, () => {})
  const late = deadline(deadlineMs, target.signal)
  const order = {
    url,
    request: requestText(url, parts.fixedFields, null, ''),
    maxBytes: parts.maxBytes,
    wantsBody: () => true,
  }
  const ending = await Promise.race([fetcher.get(order), late.cause])
  late.clear()
  const tookMs = Math.round(parts.elapsedMs() - startedAt)
  if (typeof ending === 'string') fetcher.stop()
  const { address, certDaysLeft } = fetcher.facts
  if (typeof ending === 'string') return { ...unanswered(ending, tookMs), address, certDaysLeft }
  if (ending.kind === 'refused') return unanswered(ending.cause, tookMs)
  if (ending.kind === 'fault') {
    const isNational =
      ending.isNational || (ending.cause === 'tls_protocol' && (await speaksNational(own, url, deadlineMs)))
    return { ...unanswered(ending.cause, tookMs), address, certDaysLeft, isNational }
  }
  const { head, body, isCapped, isTruncated } = ending
  const limits = { limit: parts.maxBytes, isCut: isCapped || isTruncated }
  const decoded = await decode(head.headers['content-encoding'], body, limits)
  return {
    ...{ cause: null, status: head.status, headers: head.headers, cookies: head.setCookies },
    ...{ body: 'fault' in decoded ? body : decoded.body, address, tookMs, notes: [...notes], certDaysLeft },
    isNational: false,
  }
}

function deadline(ms: number, signal: AbortSignal | undefined) {
  let clear = (): void => {}
  const cause = new Promise<'timeout' | 'aborted'>((resolve) => {
    const abort = () => resolve('aborted')
    const timer = setTimeout(() => resolve('timeout'), ms)
    signal?.addEventListener('abort', abort)
    clear = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
  })
  return { cause, clear: () => clear() }
}
