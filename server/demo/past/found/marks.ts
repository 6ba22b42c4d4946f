import { localDay } from '../../../../shared/base/time.ts'
import { crossChecks, type Imprint } from '../../../../shared/monitor/imprints/imprints-rules.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { yearDue } from '../../../monitor/inspections/marks/annual-report.ts'
import { MARK_JUDGES } from '../../../monitor/inspections/marks/judge.ts'
import { madeUpFilings } from '../../../register/ledger/demo-filings.ts'
import { imprintOf } from '../../cast/imprint.ts'
import { servicesOf } from '../../cast/services.ts'
import type { MadeOf, MadeProblem } from './kinds.ts'

/** What is wrong with the marks of a demo site: what its foot says, as the rules judge it, its search, and its yearly report. */
export function marksAtFault({ site, behaviour: { publisher }, atMs }: MadeOf): MadeProblem[] {
  const { code, icp, police, unit, phone, title, marks } = imprintOf(
    site,
    publisher.cast.sites,
    publisher.salt,
  )
  const url = `${site.scheme}://${site.host}/`
  const listed = (value: string | null) => (value === null ? [] : [value])
  const imprint: Imprint = {
    ...{
      title,
      codes: listed(code),
      icp: listed(icp),
      police: listed(police),
      units: [unit],
      phones: listed(phone),
    },
    ...{ leadsToContact: true, marks, unseen: null },
  }
  const filed = madeUpFilings(site.code)
  const registered = {
    ...filed,
    code: site.code,
    name: site.name,
    unit: site.unit,
    url,
    redirectUrl: null,
    phones: [filed.phone],
  }
  const seen = { url, registered: url, imprint, checks: crossChecks(registered, imprint, url) }
  const told = Object.entries(MARK_JUDGES).flatMap(([rule, judge]) => {
    const outcome = judge(seen, inspectionRule(rule)?.limits ?? {})
    return outcome.outcome === 'found' ? outcome.problems.map((one) => ({ ...one, rule })) : []
  })
  const year = yearDue(localDay(atMs), String(inspectionRule('mark-annual-report')?.limits.dueOn))
  const { search, noReport } = servicesOf(publisher.salt)
  return [
    ...told.map(({ rule, key, excerpt, detail, outline }) => ({
      ...{ rule, key, path: '/', excerpt, detail, outline },
    })),
    ...(search === 'works' ? [] : [searched(search === 'stale' ? 'none' : 'broken')]),
    ...(noReport
      ? [
          {
            rule: 'mark-annual-report',
            key: String(year),
            path: '/',
            excerpt: String(year),
            detail: { year },
          },
        ]
      : []),
  ]
}

const searched = (kind: 'none' | 'broken'): MadeProblem => ({
  ...{ rule: 'mark-own-search', key: kind, path: '/about/query.html', excerpt: '' },
  detail: { kind },
})
