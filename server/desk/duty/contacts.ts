import { sql } from 'kysely'
import type { ReachablePerson, SiteContacts } from '../../../shared/register/units/units.ts'
import type { Db } from '../../base/db/database.ts'
import { detailOf, unitRows, WAYS, withCounts } from '../../register/units/queries.ts'
import { dutyDesks } from './queries.ts'

async function personById(db: Db, id: number): Promise<ReachablePerson | undefined> {
  return db.selectFrom('user_account').select(WAYS).where('id', '=', id).executeTakeFirst()
}

/** Whom to ring about a site that `who` may see. */
export async function contactsOfSite(
  db: Db,
  site: { id: number; district: string; unitId: number },
  about: { alertId?: number | undefined; rectificationId?: number | undefined },
  now: Date,
): Promise<SiteContacts> {
  const unit = await withCounts(unitRows(db).where('unit.id', '=', site.unitId))
    .select('contacts_version')
    .executeTakeFirstOrThrow()
  const desks = (await dutyDesks(db, now)).filter(
    ({ district }) => district === null || district === site.district,
  )
  const duty = await Promise.all(
    desks.map(async ({ district, now: shift }) => ({
      district,
      person: (shift && (await personById(db, shift.person.id))) ?? null,
    })),
  )
  return {
    unit: await detailOf(db, unit, true),
    // The nearer desk first.
    duty: duty.reverse(),
    lastActor: await lastActor(db, site.id, about),
  }
}

async function lastActor(
  db: Db,
  siteId: number,
  { alertId, rectificationId }: { alertId?: number | undefined; rectificationId?: number | undefined },
): Promise<SiteContacts['lastActor']> {
  if (alertId === undefined && rectificationId === undefined) return null
  const fact = await db
    .selectFrom('fact')
    .select(['fact.actor_id', 'fact.at', 'fact.kind'])
    .where('fact.site_id', '=', siteId)
    .where('fact.actor_id', 'is not', null)
    .where(
      sql<boolean>`(fact.alert_id = ${alertId ?? null}::int or fact.rectification_id = ${rectificationId ?? null}::int)`,
    )
    .orderBy('fact.seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const who = fact?.actor_id ? await personById(db, fact.actor_id) : undefined
  return fact && who ? { ...who, at: fact.at.toISOString(), kind: fact.kind } : null
}
