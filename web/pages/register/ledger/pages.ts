import type { BroughtPages } from '../../page.ts'
import '../../../../shared/register/ledger/rights.ts'

export const routes: BroughtPages['routes'] = []

export const pages: BroughtPages['pages'] = []
