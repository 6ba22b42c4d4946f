import { sql } from 'kysely'
import { DAY, localDay } from '../../../shared/base/time.ts'
import type { FieldValues } from '../../../shared/register/ledger/ledger-rules.ts'
import type { Context } from '../../base/context.ts'

const CHOICES = [
  { value: 'c1', zh: '二级', en: 'Level 2', retired: false },
  { value: 'c2', zh: '三级', en: 'Level 3', retired: false },
  { value: 'c3', zh: '未定级', en: 'Not graded', retired: false },
]

/** What an office of our day keeps besides: the grade of protection, since when a site is reachable by IPv6, what it costs. */
const FIELDS = [
  { section: 'filing', kind: 'choice', zh: '等级保护定级', en: 'Protection grade', required: true },
  { section: 'watch', kind: 'yesno', zh: '支持 IPv6', en: 'Reachable by IPv6', required: false },
  { section: 'watch', kind: 'day', zh: '上线日期', en: 'Opened on', required: false },
  {
    section: 'owners',
    kind: 'number',
    zh: '年度运维经费（万元）',
    en: 'Yearly upkeep (10,000 yuan)',
    required: false,
  },
] as const

function saidOf(n: number, now: number): FieldValues {
  return {
    own1: n % 13 === 6 ? 'c3' : n % 3 === 0 ? 'c2' : 'c1',
    ...(n % 7 !== 4 && { own2: n % 4 !== 1 }),
    ...(n % 6 !== 5 && { own3: localDay(now - (800 + ((n * 137) % 3_200)) * DAY) }),
    ...(n % 5 !== 3 && { own4: 6 + ((n * 11) % 140) / 2 }),
  }
}

/** Defines some fields of the demo's register, most of them filled; once. */
export async function seedOwnFields({ db, clock }: Context): Promise<void> {
  const known = await db.selectFrom('own_field').select('id').limit(1).executeTakeFirst()
  const sites = await db.selectFrom('site').select('id').where('demo', '=', true).orderBy('id').execute()
  if (known || sites.length === 0) return
  const now = clock.now()
  const rows = sites.map(({ id }, n) => ({ id, said: saidOf(n, now) }))
  await db.transaction().execute(async (tx) => {
    const fields = FIELDS.map((field, n) => ({
      ...{ id: n + 1, ...field, retired_at: null, demo: true },
      choices: JSON.stringify(field.kind === 'choice' ? CHOICES : []),
    }))
    await tx.insertInto('own_field').values(fields).execute()
    await sql`update site set profile = site.profile || r.said
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id int, said jsonb)
      where site.id = r.id`.execute(tx)
  })
}
