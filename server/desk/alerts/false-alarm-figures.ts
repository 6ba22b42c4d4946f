import { sql } from 'kysely'
import type { z } from 'zod'
import { ALERT_RULES, type falseAlarmFigure } from '../../../shared/desk/alerts/alerts.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'

/**
 * How many alerts each rule gave since a time, those that came back included, and how many of them people held
 * to be false.
 */
export async function falseAlarmFigures(
  db: Db,
  scope: Scope,
  since: Date,
): Promise<z.infer<typeof falseAlarmFigure>[]> {
  const inScope =
    scope.kind === 'city'
      ? sql`true`
      : sql`site_id in (select site.id from site where ${within(scope, 'site')})`
  const { rows } = await sql<{ rule: string; alerts: number; falseAlarms: number }>`
    select data->'alert'->>'rule' as rule, (count(*) filter (where kind <> 'alert.falsified'))::int as alerts,
      (count(*) filter (where kind = 'alert.falsified'))::int as "falseAlarms"
    from fact
    where at >= ${since} and kind in ('alert.opened', 'alert.reopened', 'alert.falsified') and ${inScope}
    group by 1
  `.execute(db)
  return ALERT_RULES.map((rule) => {
    const { alerts = 0, falseAlarms = 0 } = rows.find((row) => row.rule === rule) ?? {}
    return { rule, alerts, falseAlarms }
  })
}
