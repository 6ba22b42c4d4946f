import { madeUpFilings } from '../../register/ledger/demo-filings.ts'
import { chance, choose, pick } from './random.ts'
import type { DemoSite } from './register.ts'

/** What the foot and the title of a site's pages say of it; null: nothing. */
export interface DemoImprint {
  readonly code: string | null
  readonly icp: string | null
  readonly police: string | null
  readonly unit: string
  readonly phone: string | null
  readonly title: string
  /** Marks at the foot: official site, report an error, map of the site. */
  readonly marks: readonly ('official' | 'report' | 'map')[]
}

/** How many in a hundred have an old or a forgotten mark, each kind by itself. */
const WRONG = {
  code: 1.5,
  noCode: 2,
  icp: 2.5,
  noIcp: 1,
  police: 1.5,
  noPolice: 1.5,
  unit: 2,
  title: 1.5,
  phone: 2.5,
  official: 12,
  report: 10,
  map: 4,
}

/** As people keep their pages: most say what the register says, some what was so years ago, some nothing. */
export function imprintOf(site: DemoSite, sites: readonly DemoSite[], salt: number): DemoImprint {
  const right = madeUpFilings(site.code)
  const another = pick(sites, salt, 101)
  const old = madeUpFilings(another.code)
  const is = (what: keyof typeof WRONG, seed: number) => chance(salt, seed) * 100 < WRONG[what]
  const hasPhone = chance(salt, 102) < 0.5
  return {
    code: is('noCode', 103) ? null : is('code', 104) ? another.code : site.code,
    icp: is('noIcp', 105) ? null : is('icp', 106) ? old.icp : right.icp,
    police: is('noPolice', 107) ? null : is('police', 108) ? old.police : right.police,
    unit: is('unit', 109) ? another.unit : site.unit,
    phone: hasPhone ? (is('phone', 110) ? old.phone : right.phone) : null,
    marks: (['official', 'report', 'map'] as const).filter((mark, at) => !is(mark, 113 + at)),
    title: is('title', 111) ? (['首页', '欢迎访问', '政务公开'][choose(3, salt, 112)] ?? '') : site.name,
  }
}
