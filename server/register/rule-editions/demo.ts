import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Context } from '../../base/context.ts'

/** One veto and one deduction stricter than the table of the nation. */
const STRICTER: readonly { readonly rule: string; readonly from: object }[] = [
  { rule: 'V3a', from: { atLeast: 3 } },
  { rule: 'S4b', from: { points: 5 } },
]

/** In the demo: a draft of stricter rules, whose effect can be looked at before anybody publishes it. */
export async function seedEditions({ db, clock }: Context): Promise<void> {
  const maker = await db
    .selectFrom('user_account')
    .select('id')
    .where('demo', '=', true)
    .where('role', '=', 'admin')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!maker || (await db.selectFrom('edition').select('id').limit(1).executeTakeFirst())) return
  const base = BUILT_IN['cn-2015']
  const rules = base.rules.map((rule) => {
    const change = STRICTER.find(({ rule: id }) => id === rule.id)
    return change ? { ...rule, effect: { ...rule.effect, ...change.from } } : rule
  })
  const body = { ...base, ...NAMED, basedOn: base.code, revision: 1, rules } as EditionBody
  const row = { code: body.code, revision: 1, state: 'draft' as const, body: JSON.stringify(body) }
  await db
    .insertInto('edition')
    .values({ ...row, made_by: maker.id, made_at: new Date(clock.now()) })
    .execute()
}

const NAMED = {
  code: 'local-strict',
  name: { zh: '本地加严版（征求意见）', en: 'Local stricter edition (for comment)' },
}
