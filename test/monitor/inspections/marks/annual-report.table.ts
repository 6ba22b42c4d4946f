import { isReport, reportWords } from '../../../../server/monitor/inspections/marks/annual-report.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { tableOf } from '../planted-table.ts'

export const words = reportWords(inspectionRule('mark-annual-report')?.limits ?? {})
const of = (text: string, year = 2025) => isReport(text, year, words)

const NAMES = [
  '政府网站工作年度报表',
  '政府网站年度工作报表',
  '网站年度报表',
  '政府网站工作年报',
  '网站工作年度报告',
]
const FORMS: readonly ((name: string) => string)[] = [
  (name) => `2025年${name}`,
  (name) => `天河区教育局2025年度${name}`,
  (name) => `${name}（2025年）`,
  (name) => `${name}(2025)`,
  (name) => `2025 年 ${name}`,
  (name) => `２０２５年${name}`,
  (name) => `广州市天河区人民政府${name}-2025年`,
  (name) => `【公开】2025年${name}.pdf`,
]
const OTHERS = [
  ...NAMES.flatMap((name) => [
    name,
    `2024年${name}`,
    `${name}（2023年）`,
    `12025年${name}`,
    `${name}填报说明`,
  ]),
  ...[
    '2025年政府信息公开工作年度报告',
    '2025年法治政府建设年度报告',
    '2025年部门决算',
    '2025年政务公开工作要点',
    '2025年预算公开',
  ],
  ...[
    '2025年度统计年报',
    '2025年网站改版公告',
    '关于2025年网站普查的通知',
    '2025年第一季度网站自查报告',
    '2025年政务新媒体报表',
  ],
  ...[
    '2025年信息公开年报',
    '网站地图',
    '年报',
    '2025',
    '2025年工作总结',
    '天河年鉴2025',
    '2025年网络安全报告',
    '2025年环境公报',
  ],
]

/** A site whose links are all of other years or of other reports; one that has that of the year, however it is called. */
export const REPORTS = tableOf(
  'mark-annual-report',
  OTHERS,
  NAMES.flatMap((name) => FORMS.map((form) => form(name))),
  (text) => (of(text) ? 'clear' : 'found'),
)
