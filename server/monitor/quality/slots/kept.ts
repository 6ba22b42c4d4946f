import { crossChecks } from '../../../../shared/monitor/imprints/imprints-rules.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import register from '../../../../shared/monitor/quality/test-site.json' with { type: 'json' }
import type { Kept } from '../../inspections/kept.ts'
import { measureLine } from '../../line/measure.ts'
import { probeSoft404 } from '../../links/soft-404.ts'
import { lettersOf } from './census.ts'
import type { SlotParts, SlotSeen } from './parts.ts'

/** What other readers of the monitor see of a page of the test site, asked at the page itself instead of from the database. */
export function keptOfSlot(seen: SlotSeen, parts: SlotParts): Kept {
  const { home, site, memory } = seen
  const { prober, signal } = parts
  const { name, unit, code, icp, police, phone } = register
  return {
    async imprint() {
      const imprint = home?.read?.imprint
      if (!home || !imprint) return null
      const registered = { code, name, unit, url: site.url, redirectUrl: null, icp, police, phones: [phone] }
      const checks = crossChecks(registered, imprint, home.finalUrl)
      return { url: home.finalUrl, registered: site.url, imprint, checks }
    },
    async line() {
      const found = await measureLine(
        { url: site.url, pages: { second: [], third: [] }, secureBefore: null },
        lineParts(parts),
      )
      const isFound = typeof found !== 'string'
      return {
        // No browser opens pages of a site that is in no register.
        ...{ at: new Date(parts.nowMs), ageMs: 0, hasSix: false, drawn: null, canRender: false },
        ...{ measured: isFound ? found : null, reason: isFound ? null : found },
      }
    },
    memory: async () => memory.site,
    remember: async (_before, remembered) => memory.remember(remembered),
    // Each look at it is a day, and asks anew.
    said: async () => null,
    async links(words) {
      const links = home?.links.filter(({ text }) => words.some((word) => text.includes(word))) ?? []
      return { links, isCut: false }
    },
    items: async () => home?.read?.items ?? [],
    soft: () => probeSoft404(prober, site.url, signal),
    // Foreign hosts cannot be made up on a site of one's own.
    hosts: async () => ({ bad: [], unseen: 1, all: 1 }),
    checked: async () => ({ pages: [], canRender: false }),
    hiddenTold: async () => [],
    messages: () => lettersOf(seen),
    dates: async () => memory.dates(home?.read?.seen?.lists ?? []),
  }
}

function lineParts({ prober, ports, signal }: SlotParts) {
  const of = (rule: string, limit: string) => Number(inspectionRule(rule)?.limits[limit])
  const limits = { slowMs: of('line-slow', 'ms'), same: of('line-ipv6', 'same'), pauseMs: 0 }
  return { prober, ports, limits, signal, wait: async () => {} }
}
