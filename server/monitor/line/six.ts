import type { LineMeasured, SixShare } from '../../../shared/monitor/line/line-rules.ts'
import { causeGroup } from '../../../shared/monitor/visit/probes.ts'
import type { Asked } from '../visit/ask.ts'
import { endOf, followWay } from './follow.ts'
import { lookAt, type PageSeen, sameness } from './page.ts'
import type { LevelPages, LineParts } from './parts.ts'

type Six = LineMeasured['six']
const MOST_NAMED = 3

/** Asks for the home page over IPv6, and, where it comes, for some pages behind it. */
export async function overSix(
  { home, page, pages }: { readonly home: URL; readonly page: PageSeen; readonly pages: LevelPages },
  parts: LineParts,
): Promise<Six> {
  const way = await followWay(parts.prober, home, { overSix: true, signal: parts.signal })
  const [first] = way.hops
  const { asked } = way.last
  const rest = {
    address: first?.asked.address ?? null,
    cause: asked.cause,
    same: null,
    second: null,
    third: null,
  }
  const none = { ...rest, tookMs: null }
  if (way.hops.length === 1 && asked.cause !== null) return { ...none, state: withoutAnswer(asked) }
  if (endOf(way) !== 'page') return { ...none, state: endOf(way) === 'blocked' ? 'unknown' : 'fails' }
  const same = sameness((await lookAt(asked)).text, page.text)
  const opened = { ...rest, state: 'opens', tookMs: way.tookMs, same } as const
  // What stands behind another page says nothing of this site.
  if (same < parts.limits.same) return opened
  return {
    ...opened,
    second: await shareOf(pages.second, parts),
    third: await shareOf(pages.third, parts),
  }
}

function withoutAnswer({ cause }: Asked): Six['state'] {
  if (cause === 'dns_not_found') return 'none'
  // No way out of here to any such address: what a kernel says at once.
  if (cause === 'unreachable') return 'noLine'
  if (cause === null || cause.startsWith('dns_') || causeGroup(cause) === 'monitor') return 'unknown'
  return 'fails'
}

async function shareOf(
  urls: readonly string[],
  { prober, limits, signal, wait }: LineParts,
): Promise<SixShare | null> {
  const seen = { asked: 0, opened: 0, failed: [] as string[] }
  const ask = async (url: string, overSix: boolean) => {
    await wait(limits.pauseMs)
    return endOf(await followWay(prober, new URL(url), { overSix, signal }))
  }
  for (const url of urls) {
    if (signal.aborted) break
    const end = await ask(url, true)
    // One that does not open without IPv6 either is gone, or down.
    if (end === 'blocked' || (end === 'none' && (await ask(url, false)) !== 'page')) continue
    seen.asked++
    if (end === 'page') seen.opened++
    else if (seen.failed.length < MOST_NAMED) seen.failed.push(url)
  }
  return seen.asked === 0 ? null : seen
}
