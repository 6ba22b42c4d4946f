import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { againAfterDeadlock } from '../../base/db/deadlock.ts'
import { unhurried } from '../../base/db/unhurried.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { ensureDistricts } from '../sites/register.ts'
import { removeDemo } from './import-demo.ts'
import type { RegisterRow } from './import-parse.ts'
import { addMissingStates, upsertSites } from './import-upsert.ts'

export { type BadRow, type ParsedRegister, parseRegister, type RegisterRow } from './import-parse.ts'

export interface ImportResult {
  added: number
  changed: number
  unchanged: number
  /** Sites of the demo that were removed because a real register takes their place. */
  demoRemoved: number
}

/**
 * Loads a register in one transaction: sites are matched by their code, added or changed; those that the file
 * does not name stay as they are. The same file twice changes nothing. Real sites and the demo's never live in
 * one installation, so the demo goes, with all that was measured of it.
 */
export async function importRegister(
  ctx: Pick<Context, 'db' | 'clock' | 'config' | 'wake'>,
  rows: readonly RegisterRow[],
): Promise<ImportResult> {
  const at = new Date(ctx.clock.now())
  // A demo that is removed may be running.
  const result = await againAfterDeadlock(() => ctx.db.transaction().execute((tx) => load(tx, ctx, rows, at)))
  ctx.wake()
  return result
}

async function load(
  tx: Tx,
  { config }: Pick<Context, 'config'>,
  rows: readonly RegisterRow[],
  at: Date,
): Promise<ImportResult> {
  await unhurried(tx)
  const demoRemoved = await removeDemo(tx)
  await ensureDistricts(tx)
  const { added, changed } = await upsertSites(tx, rows, { demo: false, at })
  await addMissingStates(tx, at, config.visitIntervalS)
  const unchanged = rows.length - added - changed
  await recordAudit(tx, {
    at,
    actor: null,
    action: 'register.imported',
    entity: 'register',
    entityId: null,
    detail: { added, changed, unchanged, demoRemoved },
  })
  if (added + changed + demoRemoved > 0) {
    const data = { added, changed }
    await appendFacts(tx, [
      { at: at.toISOString(), kind: 'register.changed', siteId: null, district: null, actor: null, data },
    ])
  }
  return { added, changed, unchanged, demoRemoved }
}
