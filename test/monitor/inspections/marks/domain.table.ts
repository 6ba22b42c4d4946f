import { MARK_JUDGES } from '../../../../server/monitor/inspections/marks/judge.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { tableOf } from '../planted-table.ts'

const limits = inspectionRule('mark-domain')?.limits ?? {}
export const of = (registered: string) =>
  MARK_JUDGES['mark-domain']?.({ url: registered, registered, imprint: null, checks: [] }, limits).outcome ??
  'unmeasured'

const OTHER = [
  ...[
    'thnet.com',
    'thnet.com.cn',
    'gov.cn.thnet.com',
    'th-gov.cn',
    'thgov.cn',
    'tianhe.org.cn',
    'tianhe.gov',
  ],
  ...[
    'tianhe.gov.cn.com',
    'www.th.cn',
    'th.net.cn',
    'mygov.cn',
    'tianhe.gov.cn.cdn.example.com',
    'tianhe.gov.com',
  ],
]
const PARTS = [
  'tianhe',
  'www.tianhe',
  'th.gz',
  'www.gz',
  'sfj.thnet',
  'a-b.thnet',
  'gz',
  'www.gd',
  'x1',
  'zwfw.gz',
]

/** Names that do not end as those of governments do, and those that do. */
export const DOMAINS = tableOf(
  'mark-domain',
  [
    ...OTHER.flatMap((one) => [`http://${one}/`, `http://www.${one}/`]),
    ...['http://10.1.2.3/', 'http://219.137.1.2:8080/', 'http://[2400:3200::1]/'],
  ],
  PARTS.flatMap((one) =>
    [
      `${one}.gov.cn`,
      `${one}.gov.cn:8080`,
      `${one}.政务.cn`,
      `${one}.政务`,
      `${one.toUpperCase()}.GOV.CN`,
    ].map((host) => `https://${host}/`),
  ),
  of,
)
