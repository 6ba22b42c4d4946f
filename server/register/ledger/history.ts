import { addDays, startOfDay } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { SiteChange, SiteRecord } from '../../../shared/register/ledger/ledger.ts'
import type { FieldSet, FieldValues } from '../../../shared/register/ledger/ledger-rules.ts'
import type { Context } from '../../base/context.ts'
import { fieldsOf } from '../own-fields/queries.ts'
import { noSuchSite } from '../sites/require.ts'
import { changesSince, findRecord, listChanges, type RecordRow, valuesOf } from './queries.ts'
import { hiddenFrom, recordOf, without } from './record.ts'

export interface HistoryAsked {
  readonly on?: string | undefined
  readonly field?: string | undefined
}

/**
 * How the register came to say what it says of a site, newest first; with a day, up to its end, and what it said then.
 * @throws Refusal not_found
 */
export async function siteHistory(
  { db }: Pick<Context, 'db'>,
  user: Principal,
  id: number,
  { on, field }: HistoryAsked,
  page: { readonly limit: number; readonly below?: number | undefined },
): Promise<{ items: SiteChange[]; total: number; asOf?: SiteRecord | null }> {
  const row = await findRecord(db, user.scope, id)
  if (!row) throw noSuchSite()
  const known = await fieldsOf(db)
  const hidden = hiddenFrom(known, user, row)
  // That something changed would be told of it, too.
  if (field !== undefined && hidden.includes(field)) return { items: [], total: 0 }
  const end = on === undefined ? undefined : new Date(startOfDay(addDays(on, 1)))
  const { items, total } = await listChanges(db, id, { before: end, field }, page)
  const shown = items.map((item) => ({
    ...{ version: item.version, at: item.at.toISOString(), via: item.via, batch: item.batch },
    ...{ reason: item.reason, before: without(item.before, hidden), after: without(item.after, hidden) },
    actor: item.actor_name === null ? null : { id: item.actor_id ?? 0, name: item.actor_name },
  }))
  return { items: shown, total, ...(end && { asOf: await recordAt({ db }, known, user, row, end) }) }
}

/** What the register said of a site before an instant: what it says, less what was changed since. */
async function recordAt(
  { db }: Pick<Context, 'db'>,
  known: FieldSet,
  user: Principal,
  row: RecordRow,
  end: Date,
): Promise<SiteRecord | null> {
  if (row.created_at >= end) return null
  const since = await changesSince(db, row.id, { at: end })
  const values: FieldValues = Object.assign({}, valuesOf(row), ...since.map(({ before }) => before))
  return recordOf(known, user, row, { values, version: row.version - since.length })
}
