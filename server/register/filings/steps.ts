import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Filing, FilingAct } from '../../../shared/register/filings/filings.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { type FilingRow, findFiling, toFiling } from './queries.ts'
import { tell } from './told.ts'
import './refusals.ts'

/** What was done, and the facts that tell of it. */
export interface Done {
  readonly answer: Filing
  readonly facts: readonly NewFact[]
}

/** Does something about filings in one transaction, and tells of it. */
export async function inOne(ctx: Context, work: (tx: Tx, now: number) => Promise<Done>): Promise<Filing> {
  const done = await ctx.db.transaction().execute(async (tx) => {
    const { answer, facts } = await work(tx, ctx.clock.now())
    await appendFacts(tx, facts)
    return answer
  })
  ctx.wake()
  return done
}

/** What concerns one site is decided one after the other; its state first, as the monitor does. */
export async function holdSite(tx: Tx, siteId: number): Promise<void> {
  await tx.selectFrom('site_state').select('site_id').where('site_id', '=', siteId).forUpdate().execute()
  await tx.selectFrom('site').select('id').where('id', '=', siteId).forUpdate().execute()
}

/**
 * The filing, held, if this person may take that step with it.
 * @param version the one that was seen; null where it does not matter
 * @throws Refusal not_found, conflict with how it is now, forbidden
 */
export async function hold(
  tx: Tx,
  user: Principal,
  id: number,
  version: number | null,
  step: FilingAct,
): Promise<FilingRow> {
  const found = await findFiling(tx, user, id)
  if (!found) throw new Refusal('not_found', 'requests.noSuchThing')
  await holdSite(tx, found.site_id)
  await tx.selectFrom('filing').select('id').where('id', '=', id).forUpdate().execute()
  const row = (await findFiling(tx, user, id)) ?? found
  const current = toFiling(row, user)
  const isTakenBack = step === 'withdraw' && row.state === 'approved'
  const isDecision = ['approve', 'return', 'refuse'].includes(step) || isTakenBack
  const right = isDecision ? 'filing.approve' : 'filing.file'
  if (!may(user, right, { district: row.district, unitId: row.unit_id })) {
    throw new Refusal('forbidden', 'requests.roleMayNot')
  }
  if ((version !== null && row.version !== version) || !current.may.includes(step)) {
    throw new Refusal('conflict', 'filings.settledMeanwhile', { current })
  }
  return row
}

/** Changes it; its version moves on. */
export async function update(tx: Tx, id: number, set: object): Promise<void> {
  await tx
    .updateTable('filing')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** @throws Refusal not_found */
export async function read(tx: Tx, user: Principal, id: number): Promise<Filing> {
  const row = await findFiling(tx, user, id)
  if (!row) throw new Refusal('not_found', 'requests.noSuchThing')
  return toFiling(row, user)
}

/** How it is now, and the fact that tells what became of it. @throws Refusal not_found */
export async function told(
  tx: Tx,
  user: Principal,
  id: number,
  kind: Parameters<typeof tell>[2],
  text: string | null,
  now: number,
): Promise<Done> {
  const row = await findFiling(tx, user, id)
  if (!row) throw new Refusal('not_found', 'requests.noSuchThing')
  const fact = await tell(tx, user, kind, row, { district: row.district, text, now })
  return { answer: toFiling(row, user), facts: [fact] }
}
