import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { after } from '../../../server/app/after.ts'
import { parseConfig } from '../../../server/base/config.ts'
import type { Context } from '../../../server/base/context.ts'
import type { RegisterRow } from '../../../server/register/import/import.ts'
import { testClock } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'

export let fresh: FreshDatabase
export let ctx: Context
export let woken: number

export function row(number: number, given: Partial<RegisterRow> = {}): RegisterRow {
  return {
    code: `440106${String(number).padStart(4, '0')}`,
    name: `天河区第${number}局`,
    url: `http://site-${number}.gov.cn/`,
    level: 'district_department',
    district: '440106',
    division: '440106',
    unit: `第${number}局`,
    platform: null,
    intervalS: null,
    ...given,
  }
}
export const count = async (table: 'site' | 'unit' | 'fact' | 'user_account' | 'site_state' | 'alert') =>
  (
    await fresh.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n
export const states = () => fresh.db.selectFrom('site_state').selectAll().orderBy('next_visit_at').execute()

/** Call once in a file: no sites at all, for each story. */
export function loadIntoNothing(): void {
  beforeAll(async () => {
    fresh = await freshDatabase()
    // Each story begins with an empty audit.
    await sql`alter table audit disable trigger audit_only_grows`.execute(fresh.db)
  })
  afterAll(() => fresh.drop())
  beforeEach(async () => {
    await sql`truncate district, setting, audit, fact restart identity cascade`.execute(fresh.db)
    await fresh.db.updateTable('fact_counter').set({ seq: 0 }).execute()
    woken = 0
    ctx = {
      config: parseConfig({}, []),
      db: fresh.db,
      clock: testClock(),
      log: pino({ level: 'silent' }),
      wake: () => void woken++,
      recheck: () => {},
      measured: () => {},
      after,
    }
  })
}
