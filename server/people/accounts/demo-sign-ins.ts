import type { Db } from '../../base/db/database.ts'
import { isPassword, NO_PASSWORD } from '../sessions/secrets.ts'

/** Printed in the README: the demo holds nothing to protect, and a real register removes these accounts. */
export const DEMO_PASSWORD = 'siteward-demo'

/** Whether a hash is of the demo's password; all of its people begin with one hash, and to check one takes a while. */
const isOfDemo = new Map<string, Promise<boolean>>()

/** Those of the demo's people who sign in with its password, as anybody may know; not who has one of their own. */
export async function listDemoSignIns(db: Db) {
  const rows = await db
    .selectFrom('user_account')
    .select(['username', 'name', 'role', 'password_hash'])
    .where('demo', '=', true)
    .where('disabled_at', 'is', null)
    .where('password_hash', '<>', NO_PASSWORD)
    .where('must_change_password', '=', false)
    .orderBy('id')
    .execute()
  const found = []
  for (const { password_hash: hash, ...row } of rows) {
    const checked = isOfDemo.get(hash) ?? isPassword(hash, DEMO_PASSWORD)
    isOfDemo.set(hash, checked)
    if (await checked) found.push({ ...row, password: DEMO_PASSWORD })
  }
  return found
}
