import { sql } from 'kysely'
import { localDay } from '../../../../shared/base/time.ts'
import type { Waiting } from '../../../../shared/desk/notifications/notifications.ts'
import { WORKING_STAGES } from '../../../../shared/desk/rectifications/rectifications.ts'
import { districtsOf, may, type Principal, unitIdsOf } from '../../../../shared/people/rights/rights.ts'
import type { Db } from '../../../base/db/database.ts'
import { within } from '../../../people/rights/scope.ts'
import { speaksForItself } from '../../alerts/incidents/alone.ts'
import { countToDecide } from '../../pauses/queries.ts'

/** What waits for somebody; `shared/desk/notifications/waiting-rules.ts` says the same to the lists behind the figures. */
export async function waitingFor(db: Db, who: Principal, now: number): Promise<Waiting> {
  const unitIds = [...unitIdsOf(who.scope)]
  const districts = [...districtsOf(who.scope)]
  const isOfUnit = who.role === 'unit'
  const { rows } = await sql<Omit<Waiting, 'pauses'>>`
    select
      (select count(*)::int from alert a left join site on site.id = a.site_id
        where ${within(who.scope, 'site')} and a.status = 'open' and (a.silenced_until is null or a.silenced_until <= ${new Date(now)})
          and not (${isOfUnit} and coalesce(a.informed_until > ${new Date(now)}, false))
          and ${speaksForItself('a')}
          and (a.assignee_id = ${who.id} or a.assigned_unit_id = any(${unitIds}::int[])
            or (${isOfUnit} and a.assignee_id is null and site.unit_id = any(${unitIds}::int[]))
            or (${who.role === 'district'} and a.assignee_id is null and a.escalation_level = 'district'
              and site.district = any(${districts}::text[]))
            or (${who.role === 'workgroup'} and a.assignee_id is null
              and a.escalation_level = 'workgroup'))) as alerts,
      (select count(*)::int from rectification r join site on site.id = r.site_id
        where ${within(who.scope, 'site')} and ((r.stage = any(${[...WORKING_STAGES]}::text[])
            and coalesce(r.pause ->> 'until', '') < ${localDay(now)}
            and (r.assignee_id = ${who.id}
              or (${isOfUnit} and r.assignee_id is null and r.unit_id = any(${unitIds}::int[]))))
          or (r.stage in ('submitted', 'verifying') and r.rule = 'OTHER' and r.raised_by = ${who.id}))) as rectifications,
      (select count(*)::int from rectification_request q join rectification r on r.id = q.rectification_id
        where q.state = 'open' and r.stage <> 'closed' and ${may(who, 'rectification.answer')}) as requests,
      (select count(*)::int from notification_delivery d join notification_channel c on c.id = d.channel_id
        where d.user_id = ${who.id} and c.kind = 'inbox' and d.state = 'sent' and d.read_at is null) as notices
  `.execute(db)
  const [counts] = rows
  return {
    alerts: counts?.alerts ?? 0,
    rectifications: counts?.rectifications ?? 0,
    requests: counts?.requests ?? 0,
    pauses: await countToDecide(db, who, now),
    notices: counts?.notices ?? 0,
  }
}
