import { slicedInspector } from '../../inspections/crawl/inspector.ts'
import { askRule } from '../../inspections/crawl/measure.ts'
import { SITE_RULES } from '../../inspections/families.ts'
import { lookAtPage } from '../../inspections/look.ts'
import type { Outcome, Retrieved, SeenPage, SiteRule } from '../../inspections/rule.ts'
import type { LookedOutcome } from '../tables.ts'
import { keptOfSlot } from './kept.ts'
import type { Said, SlotParts, SlotSeen } from './parts.ts'

/** Pages behind the home page, and files, that are looked at. */
const [MOST_PAGES, MOST_FILES] = [4, 2]

/** What the rules of machine inspections say of a page of the test site, as they would of a site with that home page. */
export async function machineSays(
  seen: SlotSeen,
  parts: SlotParts,
  rules: readonly SiteRule[] = SITE_RULES,
): Promise<Said> {
  const { home, site } = seen
  if (!home) return []
  const { read: _read, links, ...page } = home
  const others = await pagesBehind(links, site.url, parts)
  const all: Retrieved[] = [page, ...others]
  const outcomes: (readonly [string, Outcome])[] = []
  const pages: SeenPage[] = []
  for (const one of all) {
    const looked = await lookAtPage(one, site)
    outcomes.push(...looked.outcomes)
    const { url, kind, depth, status } = one
    pages.push({ url, kind, depth, status, title: looked.parsed.title, hosts: {} })
  }
  const kept = keptOfSlot(seen, parts)
  const by = { ...parts, inspector: slicedInspector }
  for (const rule of rules) {
    const outcome = await askRule(by, rule, site, { home: page, pages, kept })
    if (outcome) outcomes.push([rule.id, outcome])
  }
  return together(outcomes)
}

/** As of a site: found on one page is found, and seen on one page is seen. */
function together(outcomes: readonly (readonly [string, Outcome])[]): Said {
  const said = new Map<string, LookedOutcome>()
  const rank: readonly LookedOutcome[] = ['unmeasured', 'clear', 'found']
  for (const [rule, { outcome }] of outcomes) {
    const before = said.get(rule)
    if (before === undefined || rank.indexOf(outcome) > rank.indexOf(before)) said.set(rule, outcome)
  }
  return [...said]
}

async function pagesBehind(
  links: NonNullable<SlotSeen['home']>['links'],
  home: string,
  { prober, signal }: SlotParts,
): Promise<Retrieved[]> {
  const below = links.filter(({ url }) => url !== home && url.startsWith(home))
  const of = (kind: 'page' | 'attachment', most: number) =>
    below.filter((one) => one.kind === kind).slice(0, most)
  const found: Retrieved[] = []
  for (const { url, kind } of [...of('page', MOST_PAGES), ...of('attachment', MOST_FILES)]) {
    const { result, body, headers } = await prober.visit({ url, signal })
    if (result.outcome !== 'ok' || body === null) continue
    found.push({
      ...{
        siteId: 0,
        url,
        finalUrl: result.finalUrl ?? url,
        depth: 1,
        status: result.status ?? 200,
        headers,
      },
      ...{ kind: kind === 'page' ? 'page' : 'file', bytes: body },
      isCut: result.notes.includes('capped'),
    })
  }
  return found
}
