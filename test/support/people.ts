import { hash } from '@node-rs/argon2'
import type { Insertable } from 'kysely'
import type { Db, Tx } from '../../server/base/db/database.ts'
import { placeColumns, placesOf } from '../../server/people/accounts/places.ts'
import type { UserTable } from '../../server/people/accounts/tables.ts'
import type { Principal, Scope } from '../../shared/people/rights/rights.ts'
import { TUESDAY } from './clock.ts'
import { makeDistricts, makeUnit } from './make.ts'

export const PASSWORD = 'correct-horse-battery'

/** Who is there in every story. */
export interface People {
  /** 王敏, duty officer of the working group. */
  duty: Principal
  /** 陈浩, her colleague on the same shift. */
  colleague: Principal
  /** 李晓燕, Tianhe's district office. */
  tianhe: Principal
  /** 黄海涛, Haizhu's: must see nothing of Tianhe. */
  haizhu: Principal
  /** 张磊, operator of the sites of `unitId` in Tianhe. */
  owner: Principal
  /** 何静, of the third-party monitor. */
  vendor: Principal
  /** 周平, who only looks on. */
  viewer: Principal
  /** 吴刚, who runs the installation. */
  admin: Principal
  /** 张磊's unit. */
  unitId: number
}

/** Adds everybody; user names are the keys of `People`, the password is `PASSWORD`. */
export async function makePeople(db: Db | Tx): Promise<People> {
  await makeDistricts(db)
  const unit = await makeUnit(db, { name: '天河区石牌街道办事处' })
  const passwordHash = await cheapHash()
  const add = (username: string, name: string, role: UserTable['role'], scope: Scope = { kind: 'city' }) =>
    addUser(db, { username, name, role, password_hash: passwordHash }, scope)
  return {
    duty: await add('duty', '王敏', 'workgroup'),
    colleague: await add('colleague', '陈浩', 'workgroup'),
    tianhe: await add('tianhe', '李晓燕', 'district', { kind: 'district', district: '440106' }),
    haizhu: await add('haizhu', '黄海涛', 'district', { kind: 'district', district: '440105' }),
    owner: await add('owner', '张磊', 'unit', { kind: 'unit', unitId: unit.id }),
    vendor: await add('vendor', '何静', 'vendor'),
    viewer: await add('viewer', '周平', 'viewer'),
    admin: await add('admin', '吴刚', 'admin'),
    unitId: unit.id,
  }
}

type NewUser = Pick<Insertable<UserTable>, 'username' | 'name' | 'role' | 'password_hash'>

/** Somebody besides those who are in every story. */
export async function addUser(db: Db | Tx, user: NewUser, scope: Scope): Promise<Principal> {
  const { id } = await db
    .insertInto('user_account')
    .values({
      ...user,
      ...placeColumns(placesOf(scope)),
      must_change_password: false,
      demo: false,
      created_at: new Date(TUESDAY),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, name: user.name, role: user.role, scope }
}

let cached: Promise<string> | undefined
/** Weak on purpose: the parameters stand in the hash, and tests sign in often. */
export function cheapHash(): Promise<string> {
  cached ??= hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 })
  return cached
}
