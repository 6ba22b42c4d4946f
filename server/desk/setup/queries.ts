import { sql } from 'kysely'
import type { SetupStep } from '../../../shared/desk/setup/setup.ts'
import { OWN_GROUPS } from '../../../shared/register/divisions/divisions-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'

/** What is there of each step. */
export interface Facts {
  readonly sites: boolean
  /** Districts with sites of which no office can sign in; the area's own sites are the working group's. */
  readonly districtsWithout: number
  readonly workgroup: boolean
  readonly channels: boolean
  readonly wallLinks: boolean
}

/** Looks at the register, the accounts, the channels and the links: nothing is kept of what is done. */
export async function setupFacts(db: Db | Tx): Promise<Facts> {
  const isOwn = sql.join(
    OWN_GROUPS.map((group) => sql`place.district like ${`%-${group}`}`),
    sql` or `,
  )
  const { rows } = await sql<Facts>`
    select
      exists (select from site where not demo) as sites,
      exists (select from user_account where role = 'workgroup' and disabled_at is null) as workgroup,
      exists (select from notification_channel where kind <> 'inbox' and disabled_at is null) as channels,
      exists (select from wall_link where revoked_at is null) as "wallLinks",
      (select count(*)::int from (select distinct district from site where not demo) as place
        where not (${isOwn}) and not exists (
          select from user_account where role = 'district' and disabled_at is null
            and place.district = any(districts))) as "districtsWithout"
  `.execute(db)
  const [facts] = rows
  if (!facts) throw new Error('a query without a table gives one row')
  return facts
}

const KEY = 'setup'

/** What somebody has chosen to do without. */
export async function skippedSteps(db: Db | Tx): Promise<readonly SetupStep['step'][]> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  return (row?.value as SetupStep['step'][] | undefined) ?? []
}

/** Skips a step or takes it up again; who does the same meanwhile waits. @returns whether that is new */
export async function keepSkipped(tx: Tx, step: SetupStep['step'], isSkipped: boolean): Promise<boolean> {
  await tx
    .insertInto('setting')
    .values({ key: KEY, value: JSON.stringify([]) })
    .onConflict((on) => on.column('key').doNothing())
    .execute()
  await tx.selectFrom('setting').select('key').where('key', '=', KEY).forUpdate().execute()
  const before = await skippedSteps(tx)
  if (before.includes(step) === isSkipped) return false
  const after = isSkipped ? [...before, step] : before.filter((one) => one !== step)
  await tx
    .updateTable('setting')
    .set({ value: JSON.stringify(after) })
    .where('key', '=', KEY)
    .execute()
  return true
}
