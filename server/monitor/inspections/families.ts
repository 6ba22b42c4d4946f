import { SITE_RULES as ACCESSIBILITY_OF_SITES } from './accessibility/rules.ts'
import { PAGE_RULES as BASICS } from './basics/rules.ts'
import { PAGE_RULES as CONTENT, SITE_RULES as CONTENT_OF_SITES } from './content/rules.ts'
import { PAGE_RULES as LINE, SITE_RULES as LINE_OF_SITES } from './line/rules.ts'
import { PAGE_RULES as MARKS, SITE_RULES as MARKS_OF_SITES } from './marks/rules.ts'
import { PAGE_RULES as OUTBOUND, SITE_RULES as OUTBOUND_OF_SITES } from './outbound/rules.ts'
import { PAGE_RULES as PAGES, SITE_RULES as PAGES_OF_SITES } from './pages/rules.ts'
import type { PageRule, SiteRule } from './rule.ts'

/** What pages and files are looked at for; a family more is a line here and one in the catalogue. */
export const PAGE_RULES: readonly PageRule[] = [
  ...BASICS,
  ...MARKS,
  ...LINE,
  ...PAGES,
  ...OUTBOUND,
  ...CONTENT,
]

/** What sites are measured for, once they have been looked through. */
export const SITE_RULES: readonly SiteRule[] = [
  ...MARKS_OF_SITES,
  ...LINE_OF_SITES,
  ...PAGES_OF_SITES,
  ...OUTBOUND_OF_SITES,
  ...CONTENT_OF_SITES,
  ...ACCESSIBILITY_OF_SITES,
]
