import type { PageRule, SiteRule } from '../rule.ts'
import { foreignWords } from './foreign-words.ts'
import { forgedDates } from './forged-dates.ts'
import { hiddenLinksDrawn } from './hidden-drawn.ts'
import { hiddenLinks } from './hidden-links.ts'
import { personalData } from './personal-data.ts'
import { hiddenLinksNew, homeReplaced, shownToRobots } from './site-rules.ts'
import { wrongWords } from './wrong-words.ts'

export const PAGE_RULES: readonly PageRule[] = [hiddenLinks, foreignWords, personalData, wrongWords]
export const SITE_RULES: readonly SiteRule[] = [
  ...[hiddenLinksNew, hiddenLinksDrawn],
  ...[homeReplaced, shownToRobots, forgedDates],
]
