import type { Variant } from '../showing.ts'
import { CHANGE_VARIANTS } from './change.ts'
import { COLUMN_VARIANTS } from './column.ts'
import { CONTENT_VARIANTS } from './content.ts'
import { FRESHNESS_VARIANTS } from './freshness.ts'
import { HEADER_VARIANTS } from './header.ts'
import { LINE_VARIANTS } from './line.ts'
import { LINK_VARIANTS } from './link.ts'
import { MARK_VARIANTS } from './mark.ts'
import { PAGE_VARIANTS } from './page.ts'
import { SERVICE_VARIANTS } from './service.ts'

/** Every way, of each rule. Who adds a rule that looks at pages adds a file of its ways beside these. */
export const VARIANTS: readonly Variant[] = [
  ...LINE_VARIANTS,
  ...FRESHNESS_VARIANTS,
  ...LINK_VARIANTS,
  ...PAGE_VARIANTS,
  ...HEADER_VARIANTS,
  ...MARK_VARIANTS,
  ...CONTENT_VARIANTS,
  ...SERVICE_VARIANTS,
  ...COLUMN_VARIANTS,
  ...CHANGE_VARIANTS,
]
