import type { NewFact } from '../../../shared/base/facts.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { NewSite } from '../../../shared/register/ledger/ledger.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { ensureGroups } from '../divisions/area.ts'
import { addMissingStates, type ChangedBy, writeSites } from '../import/upsert.ts'
import { checkedOwn, requireOwn } from '../own-fields/check.ts'
import { fieldsOf } from '../own-fields/queries.ts'
import { type Fields, numberOf, profileIn, refuseTaken, textOf, told, whereOf } from './change.ts'
import { addressOf, placeSite } from './place.ts'
import { findRecord, type RecordRow } from './queries.ts'
import './refusals.ts'

interface Adding {
  readonly at: Date
  readonly by: ChangedBy
}

/**
 * Puts a site into the register that somebody holds; it is visited from then on.
 * @returns it, and the fact that tells of it, to be appended
 * @throws Refusal invalid, forbidden where it would not be theirs; conflict when its code or address is taken
 */
export async function insertSite(
  { config }: Pick<Context, 'config'>,
  tx: Tx,
  user: Principal,
  given: NewSite,
  { at, by }: Adding,
): Promise<{ readonly row: RecordRow; readonly facts: readonly NewFact[] }> {
  const { reason, ...rest } = given
  const known = await fieldsOf(tx)
  const fields: Fields = checkedOwn(rest, known)
  requireOwn(fields, known)
  const placed = await placeSite(tx, {
    ...{ code: given.code, name: given.name, url: addressOf(given.url), unit: given.unit },
    ...{ platform: textOf(fields.platform), intervalS: numberOf(fields.interval) },
    ...{ place: textOf(fields.district) ?? '', level: (textOf(fields.level) ?? '') as Level | '' },
  })
  await refuseTaken(tx, placed, [])
  const row = { ...placed, profile: profileIn(fields, known) }
  await ensureGroups(tx, [row.district])
  await writeSites(tx, [row], { demo: await isDemo(tx), at, by })
  await addMissingStates(tx, at, config.visitIntervalS)
  const { id } = await tx
    .selectFrom('site')
    .select('id')
    .where('code', '=', row.code)
    .executeTakeFirstOrThrow()
  const after = await findRecord(tx, user.scope, id)
  if (!after || !may(user, 'register.place', whereOf(after)))
    throw new Refusal('forbidden', 'ledger.notYours')
  const detail = { code: row.code, name: row.name, reason }
  await recordAudit(tx, { at, actor: user, action: 'site.added', entity: 'site', entityId: id, detail })
  return { row: after, facts: [told(after, user, at, 'ledger.added', Object.keys(fields), reason)] }
}

/** Real sites and the demo's never live in one installation. */
async function isDemo(tx: Tx): Promise<boolean> {
  return (
    (await tx.selectFrom('site').select('id').where('demo', '=', true).limit(1).executeTakeFirst()) !==
    undefined
  )
}
