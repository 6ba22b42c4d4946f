import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import {
  type FieldValue,
  type FieldValues,
  fieldOf,
  PLACING_FIELDS,
} from '../../../shared/register/ledger/ledger-rules.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { ensureGroups } from '../divisions/area.ts'
import type { RegisterRow } from '../import/plan/place.ts'
import { type ChangedBy, writeSites } from '../import/upsert.ts'
import { addressOf, placeSite } from './place.ts'
import { type RecordRow, recordRows, valuesOf } from './queries.ts'
import './refusals.ts'

export type Fields = Readonly<Record<string, FieldValue | undefined>>

/** One writes the register at a time, and none while a file is loaded. */
export async function holdRegister(tx: Tx): Promise<void> {
  await sql`lock table site in row exclusive mode`.execute(tx)
  await sql`select pg_advisory_xact_lock(hashtext('register of sites'))`.execute(tx)
}

/** States first, as the monitor does. */
export async function holdSites(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx
    .selectFrom('site_state')
    .select('site_id')
    .where('site_id', 'in', ids)
    .orderBy('site_id')
    .forUpdate()
    .execute()
  await tx.selectFrom('site').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute()
}

interface Change {
  readonly at: Date
  readonly by: ChangedBy
}

/** Changes one site that is held. @returns null when it is so already. */
export async function change(
  tx: Tx,
  user: Principal,
  before: RecordRow,
  fields: Fields,
  { at, by }: Change,
): Promise<{ after: RecordRow; fact: NewFact; isOnBoard: boolean } | null> {
  const was = valuesOf(before)
  const changing = Object.keys(fields).filter((key) => isOther(was[key], fields[key]))
  if (!may(user, 'register.edit', whereOf(before))) throw new Refusal('forbidden', 'common.mayNotSite')
  if (changing.some((key) => PLACING_FIELDS.includes(key)) && !may(user, 'register.place', whereOf(before))) {
    throw new Refusal('forbidden', 'ledger.mayNotPlace')
  }
  const row = await rowOf(tx, before, fields, changing)
  if (changing.includes('code') || changing.includes('url')) await refuseTaken(tx, row, before.id)
  if (row.district !== before.district) await ensureGroups(tx, [row.district])
  const { changed } = await writeSites(tx, [row], { demo: before.demo, at, by })
  if (changed === 0) return null
  if (row.district !== before.district) await ensureGroups(tx)
  const after = await recordRows(tx).where('site.id', '=', before.id).executeTakeFirstOrThrow()
  if (!may(user, 'register.edit', whereOf(after))) throw new Refusal('forbidden', 'ledger.notYours')
  const detail = {
    code: after.code,
    fields: changing,
    reason: by.reason,
    ...(by.batch && { batch: by.batch }),
  }
  await recordAudit(tx, {
    at,
    actor: user,
    action: 'site.edited',
    entity: 'site',
    entityId: after.id,
    detail,
  })
  const isOnBoard = changing.some((key) => fieldOf(key)?.core)
  return { after, fact: told(after, user, at, 'ledger.edited', changing, by.reason), isOnBoard }
}

/** The row that makes a site what is wanted. */
async function rowOf(
  tx: Tx,
  before: RecordRow,
  fields: Fields,
  changing: readonly string[],
): Promise<RegisterRow> {
  const wanted: Fields = { ...valuesOf(before), ...fields }
  const named = {
    ...{ code: textOf(wanted.code) ?? '', name: textOf(wanted.name) ?? '', unit: textOf(wanted.unit) ?? '' },
    url: changing.includes('url') ? addressOf(textOf(wanted.url) ?? '') : before.url,
    ...{ platform: textOf(wanted.platform), intervalS: numberOf(wanted.interval) },
  }
  const isMoved = ['code', 'level', 'district'].some((key) => changing.includes(key))
  const level = (textOf(wanted.level) ?? '') as Level
  const placed = isMoved
    ? await placeSite(tx, { ...named, place: textOf(wanted.district) ?? '', level })
    : {
        ...named,
        level: before.level,
        district: before.district,
        division: before.division ?? before.district,
      }
  return { ...placed, was: before.code, profile: profileIn(fields) }
}

/** @throws Refusal conflict, with the field, when another site has that code or address */
export async function refuseTaken(tx: Tx, { code, url }: RegisterRow, own: number | null): Promise<void> {
  const taken = await tx
    .selectFrom('site')
    .select(['code', 'name', 'url'])
    .where((eb) => eb.or([eb('code', '=', code), eb('url', '=', url)]))
    .where('id', 'is distinct from', own)
    .orderBy(sql`code <> ${code}`)
    .limit(1)
    .executeTakeFirst()
  if (!taken) return
  const isCode = taken.code === code
  const reason = isCode ? 'ledger.codeTaken' : 'ledger.urlTaken'
  const values = { code: taken.code, name: taken.name }
  const issues = [{ path: isCode ? 'body.code' : 'body.url', reason, values } as const]
  throw new Refusal('conflict', reason, { values, issues })
}

export const isOther = (was: FieldValue | undefined, wanted: FieldValue | undefined): boolean =>
  wanted !== undefined && JSON.stringify(emptied(was ?? null)) !== JSON.stringify(emptied(wanted))
/** Nothing, however it is written. */
const emptied = (value: FieldValue): FieldValue =>
  value === '' || (Array.isArray(value) && value.length === 0) ? null : value

/** Those of the fields that have no column of their own. */
export function profileIn(fields: Fields): FieldValues {
  const said = Object.entries(fields).flatMap(([key, value]) =>
    value !== undefined && fieldOf(key)?.core === undefined && fieldOf(key)
      ? [[key, emptied(value)] as const]
      : [],
  )
  return Object.fromEntries(said)
}

export const textOf = (value: FieldValue | undefined): string | null =>
  (typeof value === 'string' && value) || null
export const numberOf = (value: FieldValue | undefined): number | null =>
  typeof value === 'number' ? value : null

export const whereOf = ({ district, unit_id }: RecordRow) => ({ district, unitId: unit_id })
export function told(
  { id, district }: RecordRow,
  { id: by, name }: Principal,
  at: Date,
  kind: 'ledger.edited' | 'ledger.added',
  fields: string[],
  reason: string,
): NewFact {
  const data = { fields, text: reason || null }
  return { kind, at: at.toISOString(), siteId: id, district, actor: { id: by, name }, data }
}

/** What every screen has of the register is out of date. */
export const ofBoard = (at: Date, added: number, changed: number): NewFact => ({
  ...{ kind: 'register.changed', at: at.toISOString(), siteId: null, district: null, actor: null },
  data: { added, changed },
})
