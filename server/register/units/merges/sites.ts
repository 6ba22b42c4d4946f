import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import { type FieldValues, QUESTIONS } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { Tx } from '../../../base/db/database.ts'
import type { ChangedBy, HandedSite } from '../../import/upsert.ts'
import { change, holdSites, isOther } from '../../ledger/change.ts'
import { type RecordRow, recordRows, valuesOf } from '../../ledger/queries.ts'
import { handedOf } from '../../ledger/service.ts'
import { isGoingOn } from '../../sites/paused.ts'
import type { MovedOfUnit } from './tables.ts'

type Sites = MovedOfUnit['sites']
interface Written {
  readonly sites: Sites
  readonly facts: NewFact[]
  /** Those that are of other units by now. */
  readonly handed: HandedSite[]
}
interface Noted {
  readonly at: Date
  readonly by: ChangedBy
}
interface Named {
  readonly id: number
  readonly name: string
  readonly district: string
}

/** Whether a unit has sites that are neither over nor merged into others. */
export async function hasSites(tx: Tx, unitId: number): Promise<boolean> {
  const site = await tx
    .selectFrom('site')
    .select('id')
    .where('unit_id', '=', unitId)
    .where('merged_into', 'is', null)
    .where(isGoingOn)
    .limit(1)
    .executeTakeFirst()
  return site !== undefined
}

/**
 * Sites of a unit are another's, and where it is named as who builds, runs, supervises or maintains a site of its
 * district, the other is named. Those that were merged into others stay as they are. Where the other is of another district, which the sites
 * have gone to by the register, it is named on those that it has now, and what is over stays with the one that goes.
 */
export async function handSites(
  tx: Tx,
  user: Principal,
  { goes, stays }: { readonly goes: Named; readonly stays: Named },
  noted: Noted,
): Promise<Written> {
  const named = sql.join(
    QUESTIONS.map((question) => sql`jsonb_exists(site.profile -> ${question}, ${goes.name})`),
    sql` or `,
  )
  // Whom a name means is said by the units of the site's own district.
  const concerned =
    goes.district === stays.district
      ? sql`(unit_id = ${goes.id} or (district = ${goes.district} and (${named})))`
      : sql`(unit_id = ${stays.id} and (${named}) and not exists (select from unit other
        where other.district = ${stays.district} and other.name = ${goes.name} and other.id <> ${stays.id}))`
  const { rows } = await sql<{ id: number }>`
    select id from site where merged_into is null and ${concerned} order by id`.execute(tx)
  const ids = rows.map(({ id }) => id)
  const becomes = (row: RecordRow): FieldValues => {
    const values = valuesOf(row)
    const roles = QUESTIONS.flatMap((question) => {
      const who = values[question]
      if (goes.name === stays.name || !Array.isArray(who) || !who.includes(goes.name)) return []
      return [[question, [...new Set(who.map((one) => (one === goes.name ? stays.name : one)))]] as const]
    })
    return { ...Object.fromEntries(roles), ...(row.unit_id === goes.id && { unit: stays.name }) }
  }
  return write(tx, user, ids, becomes, noted)
}

/** Sites that are as the merge left them say again what they said before. */
export async function giveSitesBack(tx: Tx, user: Principal, moved: Sites, noted: Noted): Promise<Written> {
  const known = new Map(moved.map((one) => [one.id, one]))
  const becomes = (row: RecordRow): FieldValues => {
    const values = valuesOf(row)
    const { before = {}, after = {} } = known.get(row.id) ?? {}
    const untouched = Object.entries(before).filter(([key]) => !isOther(values[key], after[key] ?? null))
    return row.merged_into === null ? Object.fromEntries(untouched) : {}
  }
  return write(
    tx,
    user,
    moved.map(({ id }) => id),
    becomes,
    noted,
  )
}

/** Sites that become the same are changed together. */
async function write(
  tx: Tx,
  user: Principal,
  ids: readonly number[],
  becomes: (row: RecordRow) => FieldValues,
  noted: Noted,
): Promise<Written> {
  if (ids.length === 0) return { sites: [], facts: [], handed: [] }
  await holdSites(tx, ids, { states: false })
  const records = await recordRows(tx).where('site.id', 'in', ids).orderBy('site.id').execute()
  const groups = new Map<string, { fields: FieldValues; rows: RecordRow[] }>()
  for (const row of records) {
    const fields = becomes(row)
    if (Object.keys(fields).length === 0) continue
    const key = JSON.stringify(fields)
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { fields, rows: [row] })
  }
  const facts: NewFact[] = []
  const sites: Sites[number][] = []
  const handed: HandedSite[] = []
  for (const { fields, rows } of groups.values()) {
    const changed = await change(tx, user, rows, fields, { ...noted, isGivenBack: true })
    facts.push(...changed.map(({ fact }) => fact))
    handed.push(...handedOf(rows, changed))
    for (const row of rows) {
      const values = valuesOf(row)
      const before = Object.fromEntries(Object.keys(fields).map((key) => [key, values[key] ?? null]))
      sites.push({ id: row.id, before, after: fields })
    }
  }
  return { sites, facts, handed }
}
