import type { Db } from '../../base/db/database.ts'
import { NO_PASSWORD } from '../sessions/secrets.ts'

/** Printed in the README: the demo holds nothing to protect, and a real register removes these accounts. */
export const DEMO_PASSWORD = 'siteward-demo'

/** Those of the demo's people who can sign in, as anybody may know. */
export async function listDemoSignIns(db: Db) {
  const rows = await db
    .selectFrom('user_account')
    .select(['username', 'name', 'role'])
    .where('demo', '=', true)
    .where('disabled_at', 'is', null)
    .where('password_hash', '<>', NO_PASSWORD)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, password: DEMO_PASSWORD }))
}
