import type { Announcement, NewAnnouncement } from '../../../shared/desk/announcements/announcements.ts'
import type { AnnouncementChanged } from '../../../shared/desk/announcements/facts.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { refuseBeyondQuota } from '../../base/facts/quota.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { findAnnouncement, placesIn } from './queries.ts'

/** Says something to everybody, or to a district, until a time. @throws Refusal forbidden, invalid */
export async function postAnnouncement(
  ctx: Context,
  user: Principal,
  { district, text, urgent = false, from, until }: NewAnnouncement,
): Promise<Announcement> {
  const now = ctx.clock.now()
  const fromMs = from ? Math.max(now, Date.parse(from)) : now
  const untilMs = Date.parse(until)
  if (untilMs <= fromMs) throw new Refusal('invalid', 'common.endMustLieFuture')
  const posted = await ctx.db.transaction().execute(async (tx) => {
    await requireDistrict(tx, district)
    requireRight(user, district)
    const quota = { kinds: ['announcement.posted'], reason: 'facts.saidTooMuchOneDay' } as const
    await refuseBeyondQuota(tx, user, ctx, quota)
    const row = {
      district,
      text,
      urgent,
      starts_at: new Date(fromMs),
      ends_at: new Date(untilMs),
      posted_by: user.id,
      posted_at: new Date(now),
      withdrawn_by: null,
      withdrawn_at: null,
    }
    const { id } = await tx.insertInto('announcement').values(row).returning('id').executeTakeFirstOrThrow()
    return record(tx, user, 'announcement.posted', id, now)
  })
  ctx.wake()
  return posted
}

/** Takes an announcement back; one that is over stays as it is. @throws Refusal not_found, forbidden */
export async function withdrawAnnouncement(ctx: Context, user: Principal, id: number): Promise<Announcement> {
  const now = ctx.clock.now()
  const withdrawn = await ctx.db.transaction().execute(async (tx) => {
    await tx.selectFrom('announcement').select('id').where('id', '=', id).forUpdate().execute()
    const before = await requireFound(tx, user, id, now)
    requireRight(user, before.district)
    if (!before.mayWithdraw) return before
    await tx
      .updateTable('announcement')
      .set({ withdrawn_by: user.id, withdrawn_at: new Date(now) })
      .where('id', '=', id)
      .execute()
    return record(tx, user, 'announcement.withdrawn', id, now)
  })
  ctx.wake()
  return withdrawn
}

/** Audits what was done and tells it to all whom it is for. */
async function record(
  tx: Tx,
  user: Principal,
  kind: AnnouncementChanged['kind'],
  id: number,
  now: number,
): Promise<Announcement> {
  const after = await requireFound(tx, user, id, now)
  const { district, text, from, until } = after
  const at = new Date(now)
  const detail = { district, text, from, until }
  await recordAudit(tx, { at, actor: user, action: kind, entity: 'announcement', entityId: id, detail })
  const audience = district === null ? { everybody: true as const } : { places: await placesIn(tx, district) }
  await appendFacts(tx, [
    {
      kind,
      at: at.toISOString(),
      siteId: null,
      district,
      actor: { id: user.id, name: user.name },
      data: { announcementId: id, text, from, until, banner: true, ...audience },
    },
  ])
  return after
}

async function requireFound(tx: Tx, user: Principal, id: number, now: number): Promise<Announcement> {
  const found = await findAnnouncement(tx, user, id, now)
  if (!found) throw new Refusal('not_found', 'requests.noSuchThing')
  return found
}

async function requireDistrict(tx: Tx, district: string | null): Promise<void> {
  if (district === null) return
  const found = await tx.selectFrom('district').select('code').where('code', '=', district).executeTakeFirst()
  if (!found) throw new Refusal('invalid', 'common.noSuchDistrict')
}

function requireRight(user: Principal, district: string | null): void {
  if (!may(user, 'announcement.post', { district, unitId: null })) {
    throw new Refusal('forbidden', 'requests.roleMayNot')
  }
}
