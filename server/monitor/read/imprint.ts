import type { Hit, Page } from './page/page.ts'

/** The lines at the foot of a page stand together, within so many characters of text. */
const FOOT = 300

/** True for 「更新时间」 beside the lines about rights and licences: it is of the site, and of nothing published. */
export function isOfImprint(hit: Hit, page: Page): boolean {
  if (hit.label !== 'update' && hit.label !== 'plain') return false
  return page.imprints.some((at) => Math.abs(at - hit.textBefore) <= FOOT)
}
