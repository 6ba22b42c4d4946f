import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import type { FieldValues } from '../../../shared/register/ledger/ledger-rules.ts'
import type { Context } from '../../base/context.ts'
import { madeUpFilings } from './demo-filings.ts'

const SURNAMES = [...'陈李黄张林何梁吴罗周郭叶冯邓曾谢']
const GIVEN = ['建华', '嘉欣', '志明', '晓敏', '国辉', '婉婷', '俊', '美玲', '伟强', '静']
const KEEPERS = ['广州市信息技术服务中心', '数广智云科技有限公司', '穗网通信息技术有限公司']

const nameAt = (n: number) => `${SURNAMES[n % SURNAMES.length]}${GIVEN[(n * 3) % GIVEN.length]}`
const digits = (n: number) => String(n % 10_000).padStart(4, '0')

interface Seeded {
  readonly id: number
  readonly code: string
  readonly unit: string
  readonly level: string
}

/** What the register of the demo says besides; a few sites have gaps, or several answers to one question. */
function profileOf({ id, code, unit, level }: Seeded, n: number, before = code): FieldValues {
  const isPortal = level.endsWith('_portal')
  const keeper = KEEPERS[n % KEEPERS.length] ?? ''
  return {
    ...{ siteType: isPortal ? 'portal' : level.endsWith('_department') ? 'own' : 'subordinate' },
    // Two that follow each other say the same number now and then: they may be one site.
    ...(n % 17 === 5 ? {} : { icp: madeUpFilings(n % 160 === 81 ? before : code).icp }),
    ...(n % 25 === 2 ? {} : { police: madeUpFilings(code).police }),
    address: `广州市示例路 ${(n % 300) + 1} 号`,
    ...(n % 23 === 9 ? {} : { builders: [unit] }),
    ...(n % 29 === 11 ? {} : { operators: n % 31 === 3 ? [unit, keeper] : [unit] }),
    ...(n % 19 === 7
      ? {}
      : { supervisors: n % 37 === 4 ? ['广州市人民政府办公厅', unit] : ['广州市人民政府办公厅'] }),
    maintainers: [keeper],
    ...{ headName: nameAt(n), headPost: '办公室主任', headPhone: `020-0000 ${digits(n * 7)}` },
    ...{ contact1Name: nameAt(n + 5), contact1Phone: madeUpFilings(code).phone },
    ...{ contact1Mail: `site-${id}@example.com`, scanned: n % 41 !== 13 },
    ...(n % 41 === 13 && { unscannedReason: '内网系统，正在迁移' }),
  }
}

interface Made {
  readonly daysAgo: number
  readonly field: 'icp' | 'headName' | 'address' | 'maintainers' | 'police'
  readonly before: FieldValues[string]
  readonly reason: string
  readonly via?: 'import' | 'bulk'
}
/** What was changed of late, one after the other on sites of the register. */
const MADE: readonly Made[] = [
  { daysAgo: 171, field: 'icp', before: null, reason: '补录备案编号' },
  { daysAgo: 166, field: 'headName', before: '区志远', reason: '人员调整' },
  { daysAgo: 143, field: 'address', before: '广州市旧址路 8 号', reason: '单位搬迁' },
  {
    daysAgo: 120,
    field: 'maintainers',
    before: ['原运维公司'],
    reason: '运维合同到期，重新招标',
    via: 'bulk',
  },
  {
    daysAgo: 120,
    field: 'maintainers',
    before: ['原运维公司'],
    reason: '运维合同到期，重新招标',
    via: 'bulk',
  },
  { daysAgo: 88, field: 'police', before: null, reason: '公安机关备案完成' },
  { daysAgo: 61, field: 'headName', before: '欧阳文', reason: '网站名录2026年9月.xlsx', via: 'import' },
  { daysAgo: 34, field: 'address', before: null, reason: '台账核对' },
  { daysAgo: 9, field: 'headName', before: '司徒敏', reason: '来函更正负责人' },
  { daysAgo: 2, field: 'icp', before: '粤ICP备05000000号', reason: '备案编号有误，核对后更正' },
]

/** Fills the register of the demo, with half a year of changes; once. */
export async function seedLedger({ db, clock }: Context): Promise<void> {
  const isThere = await db
    .selectFrom('site')
    .select('id')
    .where(sql<boolean>`profile <> '{}'`)
    .limit(1)
    .executeTakeFirst()
  if (isThere) return
  const sites = await db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select(['site.id', 'site.code', 'site.level', 'unit.name as unit'])
    .where('site.demo', '=', true)
    .orderBy('site.id')
    .execute()
  if (sites.length === 0) return
  const rows = sites.map((site, n) => ({ id: site.id, profile: profileOf(site, n, sites[n - 1]?.code) }))
  const clerk = await db
    .selectFrom('user_account')
    .select(['id', 'name'])
    .where('username', '=', 'duty')
    .where('demo', '=', true)
    .executeTakeFirst()
  await db.transaction().execute(async (tx) => {
    await sql`update site set profile = jsonb_strip_nulls(r.profile)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id int, profile jsonb)
      where site.id = r.id`.execute(tx)
    const changes = MADE.flatMap(({ daysAgo, field, before, reason, via = 'form' as const }, at) => {
      const row = rows[at * 3]
      const after = row?.profile[field] ?? null
      if (!row || after === null) return []
      return {
        ...{ site_id: row.id, version: 2, at: new Date(clock.now() - daysAgo * DAY), reason },
        via,
        ...{ actor_id: clerk?.id ?? null, actor_name: clerk?.name ?? null },
        batch: via === 'form' ? null : `${via}-demo`,
        ...{ before: JSON.stringify({ [field]: before }), after: JSON.stringify({ [field]: after }) },
      }
    })
    if (changes.length === 0) return
    await tx.insertInto('site_change').values(changes).execute()
    await tx
      .updateTable('site')
      .set({ version: 2 })
      .where(
        'id',
        'in',
        changes.map((one) => one.site_id),
      )
      .execute()
  })
}
