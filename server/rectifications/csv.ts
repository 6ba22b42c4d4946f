import { csvOf } from '../../shared/csv.ts'
import { districtName } from '../../shared/districts.ts'
import type { Offender, ProgressReport } from '../../shared/progress.ts'

const FIGURES = {
  raised: '新增 raised',
  closed: '其中已办结 closed',
  done: '期内办结 done',
  open: '未办结 open',
  overdue: '逾期 overdue',
  atRisk: '临期 atRisk',
  paused: '暂停 paused',
  returned: '已退回 returned',
  verifying: '核验中 verifying',
  medianWorkdays: '办结用时中位数（工作日） medianWorkdays',
  relapsed: '复发 relapsed',
  relapseShare: '复发率（%） relapseShare',
  overridden: '人工办结 overridden',
} as const
const NAMES = Object.keys(FIGURES) as (keyof typeof FIGURES)[]

/** One line a district, the last one for all of them. */
export function progressCsv({ total, districts }: ProgressReport): string {
  const line = (name: string, figures: ProgressReport['total']) => [name, ...NAMES.map((key) => figures[key])]
  return csvOf([
    ['区域 district', ...NAMES.map((key) => FIGURES[key])],
    ...districts.map(({ district, ...figures }) => line(districtName(district), figures)),
    line('合计 total', total),
  ])
}

export function offendersCsv(offenders: readonly Offender[]): string {
  return csvOf([
    ['名称 name', '区域 district', '涉及整改 fixes', '复发 relapses', '逾期 overdue', '退回 returned'],
    ...offenders.map((one) => [
      one.name,
      districtName(one.district),
      one.fixes,
      one.relapses,
      one.overdue,
      one.returned,
    ]),
  ])
}
