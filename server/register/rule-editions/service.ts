import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { DAY, localDay, SECOND } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type {
  ChangeInput,
  CopyInput,
  EditionBody,
  EditionItem,
  PublishInput,
  RetireInput,
} from '../../../shared/register/rule-editions/editions.ts'
import { type EditionFault, editionFaults } from '../../../shared/register/rule-editions/editions-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { type AuditRecord, recordAudit } from '../../people/audit/record.ts'
import { begin } from './begin.ts'
import { builtIn, findEdition, followEditions } from './in-force.ts'
import { toItem } from './list.ts'
import { findOwn, type OwnRow } from './queries.ts'

/**
 * Begins an edition of the installation's own as a copy of another; under the code of one that it has, its next revision.
 * @throws Refusal not_found; conflict while there is a draft of that code, or for a code of the product's
 */
export async function copyEdition(ctx: Context, user: Principal, given: CopyInput): Promise<EditionItem> {
  const { of, code, name } = given
  const source = await findEdition(ctx.db, of, {})
  if (builtIn().some((one) => one.code === code))
    throw new Refusal('conflict', 'editions.codeTaken', { values: { code } })
  return change(ctx, user, code, 'edition.begun', async (tx) => {
    // Two who begin one at once.
    await sql`select pg_advisory_xact_lock(hashtext('edition'), hashtext(${code}))`.execute(tx)
    const before = await findOwn(tx, code, { drafts: true })
    if (before?.state === 'draft') throw new Refusal('conflict', 'editions.draftThere', { values: { code } })
    if (before && of !== code) throw new Refusal('conflict', 'editions.codeTaken', { values: { code } })
    const revision = (before?.revision ?? 0) + 1
    const basedOn = source.basedOn ?? source.code
    const body: EditionBody = { ...source, code, basedOn, revision, name: name ?? source.name }
    await tx
      .insertInto('edition')
      .values({
        ...{ code, revision, state: 'draft', body: JSON.stringify(body) },
        ...{ made_by: user.id, made_at: new Date(ctx.clock.now()) },
      })
      .execute()
  })
}

/** Changes a draft. What is published stays as it is. @throws Refusal not_found; conflict; invalid, with each place */
export const changeEdition = (ctx: Context, user: Principal, code: string, { version, body }: ChangeInput) =>
  change(ctx, user, code, 'edition.changed', async (tx) => {
    const draft = await requireDraft(ctx, tx, code, version)
    const { revision, basedOn } = draft.body
    const next: EditionBody = { ...body, code, revision, ...(basedOn && { basedOn }) }
    refuseFaults(ctx, next)
    refuseOtherRules(draft.body, next)
    await tx
      .updateTable('edition')
      .set({ body: JSON.stringify(next), version: version + 1 })
      .where('id', '=', draft.id)
      .execute()
  })

/** Throws a draft away: nothing was judged by it. @throws Refusal not_found; conflict */
export async function discardEdition(
  ctx: Context,
  user: Principal,
  code: string,
  version: number,
): Promise<{ code: string }> {
  await ctx.db.transaction().execute(async (tx) => {
    const { id, revision } = await requireDraft(ctx, tx, code, version)
    await tx.deleteFrom('edition').where('id', '=', id).execute()
    await audit(ctx, tx, user, 'edition.discarded', id, { code, revision })
  })
  return { code }
}

/**
 * Publishes a draft: it is in force from a day on, never of a day that has begun already for what was judged then.
 * @throws Refusal not_found; conflict; invalid for a day that has passed
 */
export async function publishEdition(
  ctx: Context,
  user: Principal,
  code: string,
  { version, from, reason }: PublishInput,
): Promise<EditionItem> {
  const now = ctx.clock.now()
  if (from < localDay(now)) {
    throw new Refusal('invalid', 'editions.dayPassed', {
      issues: [{ path: 'from', reason: 'editions.dayPassed', values: {} }],
    })
  }
  const published = await change(ctx, user, code, 'edition.published', async (tx) => {
    const draft = await requireDraft(ctx, tx, code, version)
    const body: EditionBody = { ...draft.body, from }
    refuseFaults(ctx, body)
    const text = JSON.stringify(body)
    await tx
      .updateTable('edition')
      .set({
        ...{ state: 'published', body: text, from_day: from, reason, version: version + 1 },
        ...{ published_by: user.id, published_at: new Date(now) },
        hash: createHash('sha256').update(text).digest('hex'),
      })
      .where('id', '=', draft.id)
      .execute()
  })
  await begin(ctx)
  return { ...published, ...(from === localDay(now) && { state: 'inForce' }) }
}

/** Takes a published edition out of force; sheets of the days before keep it. @throws Refusal not_found; conflict */
export async function retireEdition(
  ctx: Context,
  user: Principal,
  code: string,
  { version, revision, reason }: RetireInput,
): Promise<EditionItem> {
  const retired = await change(ctx, user, code, 'edition.retired', async (tx) => {
    const today = localDay(ctx.clock.now())
    await requireOwn(tx, code, false)
    const which = revision === undefined ? { on: today } : { revision }
    const found = await findOwn(tx, code, which)
    if (found?.state !== 'published')
      throw new Refusal('conflict', 'editions.notPublished', { values: { code } })
    refuseOther(ctx, found, version)
    const retirement = { retired_on: today, retired_by: user.id, retired_reason: reason }
    await tx
      .updateTable('edition')
      .set({ ...retirement, state: 'retired', version: version + 1, begun_at: null })
      .where('id', '=', found.id)
      .execute()
    return found.revision
  })
  await begin(ctx)
  return retired
}

/** One who changes an edition at a time, with its audit. @param work says which revision, if not the newest. @returns the edition as it is afterwards. */
async function change(
  ctx: Context,
  user: Principal,
  code: string,
  action: AuditRecord['action'],
  work: (tx: Tx) => Promise<number | undefined>,
): Promise<EditionItem> {
  const row = await ctx.db.transaction().execute(async (tx) => {
    const after = await requireOwn(tx, code, true, (await work(tx)) ?? undefined)
    const { id, revision, from_day: from, reason, retired_reason: retiredReason, hash } = after
    await audit(ctx, tx, user, action, id, { code, revision, from, reason, retiredReason, hash })
    return after
  })
  const today = localDay(ctx.clock.now())
  await followEditions(ctx.db, today)
  return toItem(row, today)
}

const audit = (
  ctx: Context,
  tx: Tx,
  actor: Principal,
  action: AuditRecord['action'],
  entityId: number,
  detail: object,
) =>
  recordAudit(tx, {
    at: new Date(ctx.clock.now()),
    actor,
    action,
    entity: 'edition',
    entityId,
    detail: { ...detail },
  })

async function requireOwn(tx: Tx, code: string, drafts: boolean, revision?: number): Promise<OwnRow> {
  await tx.selectFrom('edition').select('id').where('code', '=', code).forUpdate().execute()
  const found = await findOwn(tx, code, { drafts, revision })
  if (!found) throw new Refusal('not_found', 'editions.none', { values: { code } })
  return found
}

async function requireDraft(ctx: Context, tx: Tx, code: string, version: number): Promise<OwnRow> {
  const found = await requireOwn(tx, code, true)
  if (found.state !== 'draft') throw new Refusal('conflict', 'editions.noDraft', { values: { code } })
  refuseOther(ctx, found, version)
  return found
}

function refuseOther(ctx: Context, found: OwnRow, version: number): void {
  if (found.version === version) return
  const current = toItem(found, localDay(ctx.clock.now()))
  throw new Refusal('conflict', 'editions.changedMeanwhile', { current })
}

/** @throws Refusal invalid, with the place of each contradiction */
function refuseFaults({ config }: Context, body: EditionBody): void {
  const faults = [...editionFaults(body), ...visitFaults(body, DAY / SECOND / config.visitIntervalS)]
  if (faults.length === 0) return
  const issues = faults.map(({ path, reason, value }) => ({
    path: `body.${path}`,
    reason: `editions.fault.${reason}` as const,
    values: { value },
  }))
  throw new Refusal('invalid', 'editions.contradicts', { issues })
}

const visitFaults = ({ measures: { home } }: EditionBody, perDay: number): EditionFault[] =>
  home.minPerDay <= perDay
    ? []
    : [{ path: 'measures.home.minPerDay', reason: 'tooManyVisits', value: String(Math.floor(perDay)) }]

/**
 * Alerts, findings and sheets name rules, the monitor measures by their limits, and findings that one person has recorded
 * count by what they do: an edition sets what they say, their limits and their costs, not which there are and of what form.
 */
function refuseOtherRules(before: EditionBody, after: EditionBody): void {
  const shape = ({ rules, sections }: EditionBody) =>
    JSON.stringify([
      rules.map(({ effect, ...rule }) => [
        ...[rule.id, rule.section, rule.by, rule.counts, rule.number, effect.form],
        ...(effect.form === 'veto' ? [effect.atLeast === undefined, effect.atMost, effect.absent] : []),
      ]),
      sections.map(({ id }) => id),
    ])
  if (shape(before) !== shape(after)) throw new Refusal('invalid', 'editions.otherRules')
}
