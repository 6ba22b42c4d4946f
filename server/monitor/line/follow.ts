import type { Asked } from '../visit/ask.ts'
import type { Head } from '../visit/http/head.ts'
import { locationUrl } from '../visit/http/url.ts'
import { judgePage } from '../visit/page/judge.ts'
import type { AskingProber } from '../visit/visit.ts'

/** A browser follows twenty; whoever needs more than this many sends people in circles. */
const MOST_HOPS = 6
const REDIRECTS = [301, 302, 303, 307, 308]

export interface Hop {
  readonly url: URL
  readonly asked: Asked
}

/** The way from an address to a page: each question with its answer. */
export interface Way {
  readonly hops: readonly Hop[]
  readonly last: Hop
  /** Cookies of all answers. */
  readonly cookies: readonly string[]
  readonly tookMs: number
}

/** Follows redirects from an address, question by question. */
export async function followWay(
  prober: Pick<AskingProber, 'ask'>,
  from: URL,
  options: { readonly overSix?: boolean; readonly signal: AbortSignal },
): Promise<Way> {
  const hops: Hop[] = []
  for (let url: URL | null = from; url && hops.length < MOST_HOPS; ) {
    const asked: Asked = await prober.ask({ url: url.href, ...options })
    hops.push({ url, asked })
    const to: string | undefined =
      asked.status !== null && REDIRECTS.includes(asked.status) ? asked.headers.location : undefined
    url = to === undefined ? null : locationUrl(to, url)
  }
  const last = hops.at(-1)
  if (!last) throw new RangeError('A way begins somewhere.')
  return {
    ...{ hops, last },
    cookies: hops.flatMap(({ asked }) => asked.cookies),
    tookMs: hops.reduce((sum, { asked }) => sum + asked.tookMs, 0),
  }
}

/** What came in the end: the page, none, or somebody who answered in its place. */
export function endOf({ last: { asked } }: Way): 'page' | 'none' | 'blocked' {
  if (asked.cause !== null || asked.body === null || asked.status === null) return 'none'
  const head: Head = {
    ...{ status: asked.status, headers: { ...asked.headers }, setCookies: [...asked.cookies] },
    ...{ framing: { kind: 'none' }, isOdd: false },
  }
  const { outcome } = judgePage(head, Buffer.from(asked.body), null)
  return outcome === 'ok' ? 'page' : outcome === 'blocked' ? 'blocked' : 'none'
}
