import type { Generated } from 'kysely'
import type { Json, Once } from '../../base/db/database.ts'

/** What lets somebody in whose telephone is lost; each once. */
export interface RecoveryCodeTable {
  user_id: Once<number>
  code_hash: Once<string>
  used_at: Date | null
}

/** Failed sign-ins of one name from one network, or (empty name) of all names from it. */
export interface SignInFailureTable {
  id: Generated<number>
  username: Once<string>
  network: Once<string>
  failures: number
  /** How often it was shut out lately; each time lasts longer. */
  lockouts: number
  /** End of the window in which failures count together or, at their maximum, of the lockout. */
  until: Date
  last_at: Date
}

export interface SessionTable {
  sid: string
  sess: Json<unknown>
  expire: Date
}

declare module '../../base/db/database.ts' {
  interface Database {
    session: SessionTable
    recovery_code: RecoveryCodeTable
    sign_in_failure: SignInFailureTable
  }
}
