import type { ColumnType, Generated } from 'kysely'
import type { Language } from '../../../shared/base/words/language.ts'
import type { Role } from '../../../shared/people/rights/rights.ts'
import type { Once } from '../../base/db/database.ts'

export interface UserTable {
  id: Generated<number>
  username: string
  name: string
  role: Role
  /**
   * Scope: districts, units, or with neither the city. Written as the first and those besides; read as `districts`
   * and `unit_ids`, which the database makes of them.
   */
  district: ColumnType<never, string | null, string | null>
  unit_id: ColumnType<never, number | null, number | null>
  more_districts: ColumnType<never, string[] | undefined, string[]>
  more_unit_ids: ColumnType<never, number[] | undefined, number[]>
  districts: ColumnType<string[], never, never>
  unit_ids: ColumnType<number[], never, never>
  password_hash: string
  must_change_password: boolean
  /** Exists only with the demo fleet. */
  demo: boolean
  disabled_at: Date | null
  /** Base32; without `totp_enabled_at` it waits to be confirmed by a first code. */
  totp_secret: string | null
  totp_enabled_at: Date | null
  /** The time step (30 s) of the last code that was taken: none is taken twice. */
  totp_last_step: number | null
  /** Who this is at the sign-in provider. */
  oidc_issuer: string | null
  oidc_subject: string | null
  /** The ways to this person; '' where there is none. */
  phone: Generated<string>
  mobile: Generated<string>
  mail: Generated<string>
  /** What notices to this person are written in. */
  language: Generated<Language>
  /** When it was given the subscriptions of its role, once. */
  subscribed_at: Date | null
  last_sign_in_at: Date | null
  created_at: Once<Date>
}

declare module '../../base/db/database.ts' {
  interface Database {
    user_account: UserTable
  }
}
