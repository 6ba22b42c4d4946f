import { sql } from 'kysely'
import { MACHINE } from '../../../../shared/monitor/inspections/catalogue.ts'
import { unmeasuredShare } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import type { Context } from '../../../base/context.ts'
import { commitFacts } from '../../../base/facts/commit.ts'
import { isThere } from '../../../register/ledger/answers/answers.ts'
import { followCityAlert } from '../follow.ts'

/**
 * Of too much of what inspections should see, nothing is known: one alert says how much of it. It is resolved when the share
 * is well below again. Where too little was looked at to say anything, it stays as it is.
 * @param nowMs epoch ms.
 */
export async function markUnseen(ctx: Context, nowMs: number): Promise<void> {
  const { tellAt, easeAt, least } = MACHINE.unmeasured
  const { rows } = await sql<{ all: number; unmeasured: number }>`
    select coalesce(sum(look.rules), 0)::int as all, coalesce(sum(look.unmeasured), 0)::int as unmeasured
    from site_look look join site on site.id = look.site_id where ${isThere}
  `.execute(ctx.db)
  const { all = 0, unmeasured = 0 } = rows[0] ?? {}
  const share = unmeasuredShare(unmeasured, all)
  if (share === null || all < least || (share < tellAt && share > easeAt)) return
  const evidence = { share: Math.round(share * 1000) / 10, sites: unmeasured }
  await commitFacts(ctx, (tx) =>
    followCityAlert(tx, 'UNSEEN', share >= tellAt ? 'minor' : null, evidence, nowMs),
  )
}
