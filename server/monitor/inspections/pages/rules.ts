import type { PageRule, SiteRule } from '../rule.ts'
import { interviews, surveys } from './activities.ts'
import { guideElements } from './guides.ts'
import { messages } from './messages.ts'

export const PAGE_RULES: readonly PageRule[] = [guideElements]

export const SITE_RULES: readonly SiteRule[] = [surveys, interviews, messages]
