import { FRESHNESS_VARIANTS } from './freshness-variants.ts'
import { LINE_VARIANTS } from './line-variants.ts'
import { LINK_VARIANTS } from './link-variants.ts'
import { PAGE_VARIANTS } from './page-variants.ts'
import type { Variant } from './showing.ts'

/** Every way, of each rule. Who adds a rule that looks at pages adds a file of its ways beside these. */
export const VARIANTS: readonly Variant[] = [
  ...LINE_VARIANTS,
  ...FRESHNESS_VARIANTS,
  ...LINK_VARIANTS,
  ...PAGE_VARIANTS,
]
