import type { ViewList } from '../../../shared/desk/views/views-rules.ts'
import type { Context } from '../../base/context.ts'

interface DemoView {
  readonly by: 'duty' | 'tianhe'
  readonly list: ViewList
  readonly name: string
  readonly query: Readonly<Record<string, string>>
  readonly shared: boolean
}

/** What the working group has saved for everybody, and what a district office looks at each morning. */
const VIEWS: readonly DemoView[] = [
  { by: 'duty', list: 'alerts', name: '不更新', query: { rule: 'V2' }, shared: true },
  {
    by: 'duty',
    list: 'rectifications',
    name: '通报逾期',
    query: { stage: 'overdue', source: 'circular' },
    shared: true,
  },
  {
    by: 'duty',
    list: 'sites',
    name: '天河需处理',
    query: { district: '440106', state: 'wrong' },
    shared: true,
  },
  { by: 'tianhe', list: 'alerts', name: '晨会', query: { status: 'open', group: 'platform' }, shared: false },
  {
    by: 'tianhe',
    list: 'rectifications',
    name: '复发临期',
    query: { stage: 'atRisk', relapsed: '1' },
    shared: false,
  },
  { by: 'tianhe', list: 'sites', name: '打不开', query: { state: 'down', sort: 'since' }, shared: false },
]

/** The demo's saved views, unless there are any. */
export async function seedViews({ db, clock }: Context): Promise<void> {
  if (await db.selectFrom('saved_view').select('id').limit(1).executeTakeFirst()) return
  const people = await db
    .selectFrom('user_account')
    .select(['id', 'username'])
    .where('demo', '=', true)
    .where('username', 'in', ['duty', 'tianhe'])
    .execute()
  const rows = VIEWS.flatMap(({ by, query, ...view }) => {
    const owner = people.find(({ username }) => username === by)
    const created_at = new Date(clock.now())
    return owner ? [{ ...view, owner_id: owner.id, query: JSON.stringify(query), created_at }] : []
  })
  if (rows.length > 0) await db.insertInto('saved_view').values(rows).execute()
}
