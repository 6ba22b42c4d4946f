import { PAGE_RULES as BASICS } from './basics/rules.ts'
import type { PageRule, SiteRule } from './rule.ts'

/** What pages and files are looked at for; a family more is a line here and one in the catalogue. */
export const PAGE_RULES: readonly PageRule[] = [...BASICS]

/** What sites are measured for, once they have been looked through. */
export const SITE_RULES: readonly SiteRule[] = []
