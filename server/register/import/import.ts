import { sql } from 'kysely'
import type { Person } from '../../../shared/base/person.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { againAfterDeadlock } from '../../base/db/deadlock.ts'
import { unhurried } from '../../base/db/unhurried.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { inSlices } from '../../base/slices.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { ensureGroups, findArea, storeArea } from '../divisions/area.ts'
import { addDivision, treeOf } from '../divisions/queries.ts'
import { areaOf } from '../divisions/tree.ts'
import { removeDemo } from './demo.ts'
import { endAndReopen } from './plan/ended.ts'
import type { RegisterRow } from './plan/place.ts'
import type { ImportPlan } from './plan/plan.ts'
import { addMissingStates, type ChangedBy, upsertSites } from './upsert.ts'

export type { BadRegisterRow, ParsedRegister } from './file/parse.ts'
export { readRegister } from './file/read.ts'
export type { RegisterRow } from './plan/place.ts'

export interface ImportResult {
  added: number
  changed: number
  unchanged: number
  /** Sites of the demo that were removed because a real register takes their place. */
  demoRemoved: number
}

/** What a plan does besides its rows; nothing where rows are loaded as they are. */
export type Besides = Partial<Pick<ImportPlan, 'added' | 'recoded' | 'ended' | 'reopened'>> & {
  /** Whose register it is, and whether the file or somebody has said so. */
  readonly area?: { readonly code: string; readonly by: 'register' | 'hand' }
  readonly actor?: Person
  /** What file it is of, and what its changes have in common, for the history. */
  readonly file?: string
  readonly batch?: string
  /** Makes sure, in the transaction that loads, that it is still to be done. @throws Refusal */
  readonly claim?: (tx: Tx) => Promise<void>
  /** Keeps, in the transaction that loads, what came of it. */
  readonly keep?: (tx: Tx, result: ImportResult) => Promise<void>
}

/**
 * Loads a register in one transaction: sites are matched by their code, added or changed; those that the file
 * does not name stay as they are, unless somebody has said that they are over. The same file twice changes nothing.
 * Real sites and the demo's never live in one installation, so the demo goes, with all that was measured of it.
 */
export async function importRegister(
  ctx: Pick<Context, 'db' | 'clock' | 'config' | 'wake' | 'after'>,
  rows: readonly RegisterRow[],
  besides: Besides = {},
): Promise<ImportResult> {
  const at = new Date(ctx.clock.now())
  // A demo that is removed may be running.
  const result = await againAfterDeadlock(() =>
    ctx.db.transaction().execute((tx) => load(tx, ctx, rows, besides, at)),
  )
  ctx.wake()
  return result
}

async function load(
  tx: Tx,
  { config, after }: Pick<Context, 'config' | 'after'>,
  rows: readonly RegisterRow[],
  besides: Besides,
  at: Date,
): Promise<ImportResult> {
  await unhurried(tx)
  await besides.claim?.(tx)
  const demoRemoved = await removeDemo(tx, after)
  await settleArea(tx, rows, besides.area)
  for (const division of besides.added ?? []) await addDivision(tx, division, true)
  await ensureGroups(tx, [...new Set(rows.map(({ district }) => district))])
  const by = {
    ...{ actor: besides.actor ?? null, via: 'import' as const },
    ...{ batch: besides.batch ?? null, reason: besides.file ?? '' },
  }
  const recoded = await recode(tx, besides.recoded ?? [], by, at)
  const { added, changed, handed } = await upsertSites(tx, rows, { demo: false, at, by })
  await addMissingStates(tx, at, config.visitIntervalS)
  const facts = await endAndReopen(tx, after, besides, at.getTime())
  facts.push(...(await after.sitesHanded(tx, { ...by, sites: handed }, at.getTime())))
  // Sites may have left groups that nothing else is in.
  if (changed + recoded > 0) await ensureGroups(tx)
  const unchanged = rows.length - added - changed
  await recordAudit(tx, {
    at,
    actor: besides.actor ?? null,
    action: 'register.imported',
    entity: 'register',
    entityId: null,
    detail: { added, changed, unchanged, demoRemoved, ...said(besides) },
  })
  if (added + changed + demoRemoved + recoded > 0) {
    const data = { added, changed }
    facts.push({
      at: at.toISOString(),
      kind: 'register.changed',
      siteId: null,
      district: null,
      actor: null,
      data,
    })
  }
  await appendFacts(tx, facts)
  const result = { added, changed, unchanged, demoRemoved }
  await besides.keep?.(tx, result)
  return result
}

/** What somebody has answered, for the audit. */
const said = ({ added = [], recoded = [], ended = [], reopened = [] }: Besides) => ({
  ...(added.length > 0 && {
    divisions: added.map(({ code, name, successor }) => ({ code, name, successor })),
  }),
  ...(recoded.length > 0 && { recoded: recoded.map(({ from, to }) => ({ from, to })) }),
  ...(ended.length > 0 && { ended: ended.map(({ code, how }) => ({ code, how })) }),
  ...(reopened.length > 0 && { reopened: reopened.map(({ code }) => code) }),
})

async function settleArea(tx: Tx, rows: readonly RegisterRow[], given: Besides['area']): Promise<void> {
  if (given) {
    await refuseMove(tx, given.code)
    await storeArea(tx, given)
  } else if (!(await findArea(tx))) {
    const tree = await treeOf(tx, null)
    const code = await inSlices(
      areaOf(
        tree,
        rows.map(({ division }) => division),
      ),
    )
    if (code !== null) await storeArea(tx, { code, by: 'register' })
  }
}

/**
 * Another place groups its sites otherwise: whoever is limited to a group, or to a unit of one, would be limited to
 * nothing.
 */
async function refuseMove(tx: Tx, code: string): Promise<void> {
  const area = await findArea(tx)
  if (!area || area.code === code) return
  const { rows } = await sql<{ limited: boolean }>`
    select exists (select from site) and exists (
      select from user_account where disabled_at is null and (districts <> '{}' or unit_ids <> '{}')) as limited
  `.execute(tx)
  if (rows[0]?.limited) throw new Refusal('conflict', 'imports.placeIsSettled')
}

/** What is kept of a site goes on under its new code. */
async function recode(
  tx: Tx,
  recoded: ImportPlan['recoded'],
  { actor, ...by }: ChangedBy,
  at: Date,
): Promise<number> {
  for (const { siteId, from, to } of recoded) {
    const site = await tx
      .updateTable('site')
      .set({ code: to, version: sql<number>`version + 1` })
      .where('id', '=', siteId)
      .where('code', '=', from)
      .returning('version')
      .executeTakeFirst()
    if (!site) continue
    const who = { actor_id: actor?.id ?? null, actor_name: actor?.name ?? null }
    const said = { before: JSON.stringify({ code: from }), after: JSON.stringify({ code: to }) }
    await tx
      .insertInto('site_change')
      .values({ site_id: siteId, version: site.version, at, ...by, ...who, ...said })
      .execute()
  }
  return recoded.length
}
