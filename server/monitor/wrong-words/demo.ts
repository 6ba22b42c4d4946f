import { DAY } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import type { WordRow } from './queries.ts'
import { bringStarter } from './starter.ts'

/** What an office of our city has put into its dictionary besides, by the day: its streets, its projects, its own misprints. */
const OWN: readonly (readonly [
  daysAgo: number,
  by: string,
  word: Pick<WordRow, 'wrong' | 'right' | 'kind'> & Partial<WordRow>,
])[] = [
  [148, '王敏', { kind: 'place', wrong: '猎得街道', right: '猎德街道', note: '天河区' }],
  [148, '王敏', { kind: 'place', wrong: '冼村街到', right: '冼村街道', note: '天河区' }],
  [
    148,
    '王敏',
    { kind: 'place', wrong: '石碑街道', right: '石牌街道', near: ['天河', '广州'], note: '天河区' },
  ],
  [121, '王敏', { kind: 'place', wrong: '琶州', right: '琶洲', note: '海珠区' }],
  [121, '王敏', { kind: 'place', wrong: '南洲街到', right: '南洲街道', note: '海珠区' }],
  [96, '吴刚', { kind: 'phrase', wrong: '百千万功程', right: '百千万工程', note: '广东省' }],
  [96, '吴刚', { kind: 'phrase', wrong: '绿美广东生态建没', right: '绿美广东生态建设' }],
  [74, '吴刚', { kind: 'phrase', wrong: '老城市新活里', right: '老城市新活力', note: '“四个出新出彩”' }],
  [
    43,
    '王敏',
    { kind: 'place', wrong: '白鹅谭', right: '白鹅潭', near: ['荔湾', '广州', '商务区'], note: '荔湾区' },
  ],
  [31, '王敏', { kind: 'other', wrong: '一网通辨', right: '一网通办' }],
  [31, '王敏', { kind: 'other', wrong: '穗好辨', right: '穗好办' }],
  [12, '王敏', { kind: 'place', wrong: '从化区街口街到', right: '从化区街口街道', note: '从化区' }],
]

/** Words that the demo's office has added in the months before, and one of the built-in ones that it looks for no more; once. */
export async function seedWrongWords({ db, clock }: Context): Promise<void> {
  const known = await db
    .selectFrom('wrong_word')
    .select('id')
    .where('demo', '=', true)
    .limit(1)
    .executeTakeFirst()
  const site = await db.selectFrom('site').select('id').where('demo', '=', true).limit(1).executeTakeFirst()
  if (known || !site) return
  await bringStarter(db)
  const now = clock.now()
  const rows = OWN.map(([daysAgo, by, { right, near = [], apart = [], note = '', ...word }]) => ({
    ...{
      ...word,
      right_form: right,
      near: [...near],
      apart: [...apart],
      note,
      is_built_in: false,
      demo: true,
    },
    ...{ changed_at: new Date(now - daysAgo * DAY), changed_by: by },
  }))
  await db
    .insertInto('wrong_word')
    .values(rows)
    .onConflict((on) => on.doNothing())
    .execute()
}
