import type { Insertable } from 'kysely'
import type { Context } from '../base/context.ts'
import type { Db } from '../base/db/database.ts'
import { DEMO_PASSWORD } from '../people/accounts/demo-sign-ins.ts'
import type { UserTable } from '../people/accounts/tables.ts'
import { hashPassword, NO_PASSWORD } from '../people/sessions/secrets.ts'

type DemoUser = Pick<Insertable<UserTable>, 'username' | 'name' | 'role' | 'district' | 'unit_id'>

/** Colleagues to give work to, who never sign in. All names are made up. */
const WORKING_GROUP = ['陈浩', '刘芳', '周伟明']
const DISTRICT_OFFICERS: Record<string, string> = {
  '440103': '何少芬',
  '440104': '郑国雄',
  '440105': '黄海涛',
  '440106': '罗嘉欣',
  '440111': '冯志鹏',
  '440112': '谢丽华',
  '440113': '梁永康',
  '440114': '邓伟强',
  '440115': '麦咏诗',
  '440117': '温建新',
  '440118': '钟慧玲',
}

/**
 * The sign-ins of the demo, and people to assign work to. Those that exist are left alone. Needs the demo
 * register, since `unit` runs the sites of one of its departments.
 */
export async function ensureDemoUsers(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const signIns = await demoSignIns(ctx.db)
  const missing = await missingOf(ctx.db, [...signIns, ...colleagues()])
  if (missing.length === 0) return
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const canSignIn = new Set(signIns.map((user) => user.username))
  const rows = missing.map((user) => ({
    ...user,
    password_hash: canSignIn.has(user.username) ? passwordHash : NO_PASSWORD,
    must_change_password: false,
    demo: true,
    created_at: new Date(ctx.clock.now()),
  }))
  await ctx.db
    .insertInto('user_account')
    .values(rows)
    .onConflict((on) => on.column('username').doNothing())
    .execute()
}

async function demoSignIns(db: Db): Promise<DemoUser[]> {
  return [
    { username: 'duty', name: '王敏', role: 'workgroup' },
    { username: 'tianhe', name: '李晓燕', role: 'district', district: '440106' },
    { username: 'unit', name: '张磊', role: 'unit', unit_id: await aDepartment(db) },
    { username: 'vendor', name: '何静', role: 'vendor' },
    { username: 'viewer', name: '周平', role: 'viewer' },
    { username: 'admin', name: '吴刚', role: 'admin' },
  ]
}

function colleagues(): DemoUser[] {
  return [
    ...WORKING_GROUP.map((name, index) => ({
      username: `duty-${index + 2}`,
      name,
      role: 'workgroup' as const,
    })),
    ...Object.entries(DISTRICT_OFFICERS).map(([code, name]) => ({
      username: `office-${code}`,
      name,
      role: 'district' as const,
      district: code,
    })),
  ]
}

/** The municipal department with the most sites; the first in the register among equals. */
async function aDepartment(db: Db): Promise<number> {
  const row = await db
    .selectFrom('site')
    .select('unit_id')
    .where('level', '=', 'city_department')
    .where('demo', '=', true)
    .groupBy('unit_id')
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .orderBy((eb) => eb.fn.min('code'))
    .limit(1)
    .executeTakeFirst()
  if (!row) throw new Error('The demo register must be loaded before the demo users.')
  return row.unit_id
}

async function missingOf(db: Db, users: DemoUser[]): Promise<DemoUser[]> {
  const names = users.map((user) => user.username)
  const rows = await db.selectFrom('user_account').select('username').where('username', 'in', names).execute()
  const existing = new Set(rows.map((row) => row.username))
  return users.filter((user) => !existing.has(user.username))
}
