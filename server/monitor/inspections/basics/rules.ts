import type { PageRule } from '../rule.ts'
import { pageTitle } from './page-title.ts'

export const PAGE_RULES: readonly PageRule[] = [pageTitle]
