import { readFileSync } from 'node:fs'
import { parsePage } from '../../../server/monitor/inspections/page/parsed.ts'
import type { Outcome, PageRule, Retrieved, SiteFacts } from '../../../server/monitor/inspections/rule.ts'
import { INSPECTION_RULES } from '../../../shared/monitor/inspections/catalogue.ts'
import { hasLabelledPages, LABELLED_PAGES } from '../read/own-pages/labelled-pages.ts'

/* Pages as rules of inspections are shown them. */

export const SITE: SiteFacts = {
  ...{ siteId: 1, name: '天河区人民政府', url: 'http://www.thnet.gov.cn/', unitName: '天河区人民政府办公室' },
  ...{ districtName: '天河区', code: '4401060001', icp: null, police: null, isPortal: true, platform: null },
  today: '2026-11-29',
  given: {},
}

/** A page of the site, as it was fetched. */
export function retrieved(html: string | Uint8Array, change: Partial<Retrieved> = {}): Retrieved {
  const url = change.url ?? 'http://www.thnet.gov.cn/xwzx/index.html'
  return {
    ...{ siteId: 1, url, finalUrl: url, depth: 1, kind: 'page', status: 200, isCut: false },
    headers: { 'content-type': 'text/html; charset=utf-8' },
    bytes: typeof html === 'string' ? new TextEncoder().encode(html) : html,
    ...change,
  }
}

/** What a rule says of a page. */
export async function said(
  rule: PageRule,
  html: string | Uint8Array,
  change: Partial<Retrieved> = {},
): Promise<Outcome> {
  const page = retrieved(html, change)
  const data = INSPECTION_RULES.find(({ id }) => id === rule.id)
  if (!data) throw new Error(`${rule.id} is in no family`)
  return rule.look(
    page,
    parsePage(page.bytes, page.headers['content-type'], page.finalUrl),
    SITE,
    data.limits,
  )
}

/** Labelled pages of real sites, where they are at hand: of none of them may a rule say anything that is not so. */
export function labelledPages(): { readonly file: string; readonly bytes: Uint8Array }[] {
  if (!hasLabelledPages) return []
  const rows = JSON.parse(readFileSync(`${LABELLED_PAGES}manifest.json`, 'utf8')) as { file: string }[]
  return rows.map(({ file }) => ({ file, bytes: readFileSync(`${LABELLED_PAGES}${file}`) }))
}
