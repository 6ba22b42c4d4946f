import { ARTICLE_PAGES } from './articles.ts'
import { BESIDE_PAGES } from './beside.ts'
import { DATE_PAGES } from './dates.ts'
import { EDITION_PAGES } from './editions.ts'
import { FOUND_PAGES } from './found.ts'
import { HOME_PAGES } from './homes.ts'
import type { FamilyPage } from './kit.ts'
import { LIST_PAGES } from './lists.ts'
import { MIXED_PAGES } from './mixed.ts'
import { MORE_ARTICLE_PAGES } from './more-articles.ts'
import { NOISE_PAGES } from './noise.ts'
import { ODD_PAGES } from './odd.ts'
import { DEADLINE_PAGES } from './rows/deadlines.ts'
import { TOLD_PAGES } from './told.ts'
import { UNLINKED_PAGES } from './unlinked.ts'

/** All of them, by name. */
export const ALL_FAMILY_PAGES: readonly FamilyPage[] = [
  ...LIST_PAGES,
  ...EDITION_PAGES,
  ...HOME_PAGES,
  ...ARTICLE_PAGES,
  ...MORE_ARTICLE_PAGES,
  ...MIXED_PAGES,
  ...NOISE_PAGES,
  ...DATE_PAGES,
  ...ODD_PAGES,
  ...FOUND_PAGES,
  ...UNLINKED_PAGES,
  ...TOLD_PAGES,
  ...BESIDE_PAGES,
  ...DEADLINE_PAGES,
]
