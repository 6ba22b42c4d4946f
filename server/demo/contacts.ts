import { sql } from 'kysely'
import type { Context } from '../base/context.ts'
import { NO_PASSWORD } from '../people/sessions/secrets.ts'
import { noticesOfUnits } from './notices.ts'

const DONE = 'demo.contacts'
const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜']
const GIVEN = [
  '建国',
  '丽君',
  '志强',
  '秀英',
  '伟',
  '敏',
  '海燕',
  '国栋',
  '晓东',
  '玉兰',
  '俊杰',
  '雪梅',
  '文博',
]
/** One unit in so many has nobody who can sign in. */
const WITHOUT_ACCOUNT = 25

/**
 * Contacts for all units of the demo, with numbers and addresses that cannot be anybody's, colleagues who sign in for
 * most of them, and what they were told of their rectifications of late. Changes nothing once it was done.
 */
export async function ensureDemoContacts(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const done = await ctx.db.selectFrom('setting').select('key').where('key', '=', DONE).executeTakeFirst()
  if (done) return
  const at = new Date(ctx.clock.now())
  await ctx.db.transaction().execute(async (tx) => {
    const units = await tx
      .selectFrom('unit')
      .select([
        'id',
        sql<boolean>`exists (select from user_account u where unit.id = any(u.unit_ids))`.as('taken'),
      ])
      .orderBy('id')
      .execute()
    const contacts = units.flatMap(({ id }, index) => contactsOf(id, index))
    const people = units.flatMap(({ id, taken }, index) =>
      taken || index % WITHOUT_ACCOUNT === 7 ? [] : [colleague(id, index, units[index + 1]?.id, at)],
    )
    for (let from = 0; from < contacts.length; from += 500) {
      await tx
        .insertInto('unit_contact')
        .values(contacts.slice(from, from + 500))
        .execute()
    }
    for (let from = 0; from < people.length; from += 500) {
      await tx
        .insertInto('user_account')
        .values(people.slice(from, from + 500))
        .onConflict((on) => on.column('username').doNothing())
        .execute()
    }
    await sql`update user_account set phone = '020-0000' || lpad((2000 + id)::text, 4, '0'),
      mobile = '130 0000 ' || lpad((5000 + id)::text, 4, '0') where demo and phone = ''`.execute(tx)
    await tx.insertInto('setting').values({ key: DONE, value: 'true' }).execute()
    await noticesOfUnits(tx, ctx.clock.now())
  })
}

const nameAt = (n: number) => `${SURNAMES[n % SURNAMES.length]}${GIVEN[(n * 7) % GIVEN.length]}`
const digits = (n: number) => String(n % 10_000).padStart(4, '0')

function contactsOf(unitId: number, n: number) {
  const one = (kind: 'head' | 'contact' | 'duty', position: number, post: string, seed: number) => ({
    unit_id: unitId,
    kind,
    position,
    name: nameAt(seed),
    post,
    phone: kind === 'duty' ? '' : `020-0000 ${digits(n * 2 + position)}`,
    mobile: kind === 'head' ? '' : `130 0000 ${digits(n * 3 + position)}`,
    mail: kind === 'contact' ? `unit-${unitId}@example.com` : '',
  })
  return [
    one('head', 0, '分管领导', n + 3),
    one('contact', 1, '网站管理员', n * 5 + 1),
    ...(n % 3 === 0 ? [one('duty', 2, '值班员', n * 11 + 2)] : []),
  ]
}

/** Every fortieth has the unit that comes next, too. */
function colleague(unitId: number, n: number, nextId: number | undefined, at: Date) {
  return {
    username: `unit-${unitId}`,
    name: nameAt(n * 5 + 1),
    role: 'unit' as const,
    unit_id: unitId,
    more_unit_ids: n % 40 === 0 && nextId !== undefined ? [nextId] : [],
    district: null,
    password_hash: NO_PASSWORD,
    must_change_password: false,
    demo: true,
    created_at: at,
    // They never sign in, and so read nothing.
    subscribed_at: at,
  }
}
