import { randomUUID } from 'node:crypto'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { SiteRecord } from '../../../shared/register/ledger/ledger.ts'
import type { SplitInput } from '../../../shared/register/merges/merges.ts'
import type { Context } from '../../base/context.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { insertSite } from '../ledger/add.ts'
import { holdRegister, holdSites, ofBoard, told } from '../ledger/change.ts'
import { valuesOf } from '../ledger/queries.ts'
import { conflictOf, readRecord, requireRecord } from '../ledger/service.ts'
import { fieldsOf } from '../own-fields/queries.ts'
import { refuseUnlessTheirs } from './merge.ts'
import { note } from './note.ts'
import './refusals.ts'

/** What each site has for itself, and what is not said but follows. */
const OWN_OF_EACH = ['lifecycle', 'lifecycleUntil', 'checkCode', 'redirectUrl', 'icp', 'police']

/**
 * Makes a site of its own out of one that is two. What nothing is said of is taken over; both histories name the other.
 * @throws Refusal not_found, forbidden, invalid; conflict when the one has changed since the version that was seen, has
 * been merged, or the code or address is another's
 */
export async function splitSite(
  ctx: Context,
  user: Principal,
  id: number,
  { version, reason, ...given }: SplitInput,
): Promise<SiteRecord> {
  const at = new Date(ctx.clock.now())
  const record = await ctx.db.transaction().execute(async (tx) => {
    await holdRegister(tx)
    await holdSites(tx, [id], { states: true })
    const origin = await requireRecord(tx, user, id)
    refuseUnlessTheirs(user, origin)
    if (origin.version !== version) throw await conflictOf(tx, user, origin, version, {})
    if (origin.merged_into !== null) {
      throw new Refusal('conflict', 'merges.mergedAlready', {
        values: { name: origin.name, code: origin.code },
      })
    }
    const noted = {
      ...{ at, actor: { id: user.id, name: user.name }, via: 'split' as const },
      ...{ batch: randomUUID(), reason },
    }
    const known = await fieldsOf(tx)
    const isTaken = (key: string) => !OWN_OF_EACH.includes(key) && !known.of(key)?.retired
    const taken = Object.entries(valuesOf(origin)).filter(([key]) => isTaken(key))
    const fields = { ...Object.fromEntries(taken), ...given, reason }
    const { row: made, facts } = await insertSite(ctx, tx, user, fields, { at, by: noted })
    const from = { before: { splitFrom: null }, after: { splitFrom: origin.code } }
    await note(tx, made.id, from, noted)
    const into = { before: { splitInto: null }, after: { splitInto: made.code } }
    await note(tx, origin.id, into, noted)
    await tx
      .insertInto('site_split')
      .values({ site_id: made.id, from_id: origin.id, at, actor_name: user.name, reason })
      .execute()
    const detail = { code: origin.code, made: made.code, reason }
    const about = { entity: 'site' as const, entityId: origin.id, detail }
    await recordAudit(tx, { at, actor: user, action: 'site.split', ...about })
    await appendFacts(tx, [
      ...facts,
      told(origin, user, at, 'ledger.edited', ['splitInto'], reason),
      ofBoard(at, 1, 0),
    ])
    return readRecord(tx, user, made.id)
  })
  ctx.wake()
  return record
}
