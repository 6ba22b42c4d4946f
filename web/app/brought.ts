import type { BroughtPages } from '../pages/page.ts'

/** The pages that nouns bring from folders of their own. */
export const BROUGHT: readonly BroughtPages[] = Object.values(
  import.meta.glob<BroughtPages>('../pages/*/*/pages.ts', { eager: true }),
)
