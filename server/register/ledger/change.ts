import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import {
  type FieldSet,
  type FieldValue,
  type FieldValues,
  fieldOf,
  PLACING_FIELDS,
} from '../../../shared/register/ledger/ledger-rules.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { type AuditRecord, recordAudits } from '../../people/audit/record.ts'
import { ensureGroups } from '../divisions/area.ts'
import type { RegisterRow } from '../import/plan/place.ts'
import { type ChangedBy, writeSites } from '../import/upsert.ts'
import { checkedOwn } from '../own-fields/check.ts'
import { fieldsOf } from '../own-fields/queries.ts'
import { addressOf, placeSite } from './place.ts'
import { type RecordRow, recordRows, valuesOf } from './queries.ts'
import './refusals.ts'

export type Fields = Readonly<Record<string, FieldValue | undefined>>

/** One writes the register at a time, and none while a file is loaded. */
export async function holdRegister(tx: Tx): Promise<void> {
  await sql`lock table site in row exclusive mode`.execute(tx)
  await sql`select pg_advisory_xact_lock(hashtext('register of sites'))`.execute(tx)
}

/** Holds sites; with `states` what the monitor writes of them too, and that first, as it does: for whose address may change. */
export async function holdSites(
  tx: Tx,
  ids: readonly number[],
  { states }: { readonly states: boolean },
): Promise<void> {
  if (states) {
    const of = tx.selectFrom('site_state').select('site_id').where('site_id', 'in', ids)
    await of.orderBy('site_id').forUpdate().execute()
  }
  await tx.selectFrom('site').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute()
}

interface Change {
  readonly at: Date
  readonly by: ChangedBy
  /** It was said before, and is given back as it was: what has to be said by now was not asked then. */
  readonly isGivenBack?: boolean
}

interface Changed {
  readonly after: RecordRow
  readonly fact: NewFact
  /** What every screen has of it is another by now. */
  readonly isOnBoard: boolean
}

/** Changes sites that are held, some thousand in as many statements as one. @returns those that were not so already. */
export async function change(
  tx: Tx,
  user: Principal,
  sites: readonly RecordRow[],
  fields: Fields,
  { at, by, isGivenBack = false }: Change,
): Promise<Changed[]> {
  const known = await fieldsOf(tx)
  const wanted = isGivenBack ? fields : checkedOwn(fields, known)
  const changing = new Map<number, readonly string[]>()
  const rows: RegisterRow[] = []
  for (const before of sites) {
    const was = valuesOf(before)
    const keys = Object.keys(wanted).filter((key) => isOther(was[key], wanted[key]))
    requireRights(user, before, keys)
    if (keys.length === 0) continue
    const row = { ...(await rowOf(tx, before, wanted, keys)), profile: profileIn(wanted, known) }
    if (keys.includes('code') || keys.includes('url')) await refuseTaken(tx, row, [before.id])
    if (row.district !== before.district) await ensureGroups(tx, [row.district])
    changing.set(before.id, keys)
    rows.push(row)
  }
  if (rows.length === 0) return []
  await writeSites(tx, rows, { demo: sites.some(({ demo }) => demo), at, by })
  const written = await recordRows(tx)
    .where('site.id', 'in', [...changing.keys()])
    .orderBy('site.id')
    .execute()
  const versions = new Map(sites.map(({ id, version }) => [id, version]))
  const changed = written.filter(({ id, version }) => versions.get(id) !== version)
  if (changed.some((after) => !may(user, 'register.edit', whereOf(after)))) {
    throw new Refusal('forbidden', 'ledger.notYours')
  }
  const districts = new Set(sites.map(({ district }) => district))
  if (changed.some(({ district }) => !districts.has(district))) await ensureGroups(tx)
  const keysOf = ({ id }: RecordRow) => changing.get(id) ?? []
  const audited = changed.map(
    (after): AuditRecord => ({
      ...{ at, actor: user, action: 'site.edited', entity: 'site', entityId: after.id },
      detail: {
        ...{ code: after.code, fields: keysOf(after), reason: by.reason },
        ...(by.batch && { batch: by.batch }),
      },
    }),
  )
  await recordAudits(tx, audited)
  return changed.map((after) => ({
    after,
    fact: told(after, user, at, 'ledger.edited', keysOf(after), by.reason),
    isOnBoard: keysOf(after).some((key) => fieldOf(key)?.onBoard),
  }))
}

/** @throws Refusal forbidden; conflict when it was merged into another */
function requireRights(user: Principal, site: RecordRow, keys: readonly string[]): void {
  const where = whereOf(site)
  if (!may(user, 'register.edit', where)) throw new Refusal('forbidden', 'common.mayNotSite')
  if (site.merged_into !== null) {
    throw new Refusal('conflict', 'ledger.isMerged', { values: { name: site.name, code: site.code } })
  }
  if (keys.some((key) => PLACING_FIELDS.includes(key)) && !may(user, 'register.place', where)) {
    throw new Refusal('forbidden', 'ledger.mayNotPlace')
  }
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
  return { ...placed, was: before.code }
}

/**
 * @param own sites that may have them
 * @throws Refusal conflict, with the field, when another site has that code or address
 */
export async function refuseTaken(
  tx: Tx,
  { code, url }: Pick<RegisterRow, 'code' | 'url'>,
  own: readonly number[],
): Promise<void> {
  const taken = await tx
    .selectFrom('site')
    .select(['code', 'name', 'url'])
    // The address of a site that was merged is free: nobody visits it under that name any more.
    .where((eb) =>
      eb.or([eb('code', '=', code), eb.and([eb('url', '=', url), eb('merged_into', 'is', null)])]),
    )
    .where(sql<boolean>`id <> all(${[...own]}::int[])`)
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
export function profileIn(fields: Fields, known: FieldSet): FieldValues {
  const isIn = (key: string) => known.of(key) !== undefined && !known.of(key)?.core
  const said = Object.entries(fields).flatMap(([key, value]) =>
    value !== undefined && isIn(key) ? [[key, emptied(value)] as const] : [],
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
  fields: readonly string[],
  reason: string,
): NewFact {
  const data = { fields: [...fields], text: reason || null }
  return { kind, at: at.toISOString(), siteId: id, district, actor: { id: by, name }, data }
}

/** What every screen has of the register is out of date. */
export const ofBoard = (at: Date, added: number, changed: number): NewFact => ({
  ...{ kind: 'register.changed', at: at.toISOString(), siteId: null, district: null, actor: null },
  data: { added, changed },
})
