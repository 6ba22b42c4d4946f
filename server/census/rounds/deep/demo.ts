import { sql } from 'kysely'
import { addDays, DAY, HOUR, localDay, startOfDay } from '../../../../shared/base/time.ts'
import { crossChecks, type Imprint } from '../../../../shared/monitor/imprints/imprints-rules.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { diceOf } from '../../../base/dice.ts'
import { registeredOf } from '../../../monitor/imprints/queries.ts'
import { madeUpFilings } from '../../../register/ledger/demo-filings.ts'
import { recordRows } from '../../../register/ledger/queries.ts'
import { editionInForce } from '../../../register/rule-editions/in-force.ts'
import { freeze } from '../open.ts'
import { insertRound, requireRound, setRound } from '../service.ts'

/** Deep monitorings of half a year, a month apart: so many in a hundred sites were vetoed, so many failed. */
const MONTHS = [
  { vetoed: 21, failed: 16 },
  { vetoed: 15, failed: 13 },
  { vetoed: 11, failed: 11 },
  { vetoed: 8, failed: 8 },
  { vetoed: 5, failed: 6 },
  { vetoed: 3, failed: 4 },
] as const
const APART = 30
/** By which sites were vetoed: rules of every edition that comes with the program. */
const VETOES = ['V1', 'V2', 'V3a'] as const
/** Days that one takes. */
const TAKES = 5

/** Deep monitorings of half a year in the demo. */
export async function seedDeep(tx: Tx, ctx: Context, user: Principal): Promise<void> {
  const edition = editionInForce().code
  for (const [at, { vetoed, failed }] of MONTHS.entries()) {
    const opensOn = addDays(localDay(ctx.clock.now()), -APART * (MONTHS.length - at) + APART / 2)
    const atMs = startOfDay(opensOn) + 9 * HOUR
    const then = { ...ctx, clock: { now: () => atMs } }
    const given = { kind: 'deep' as const, opensOn, dueOn: addDays(opensOn, TAKES), repeats: false, edition }
    const id = await insertRound(tx, then, given, user)
    await freeze(then, tx, await requireRound(then, tx, user, id), user)
    // By dice that fall the same at every start.
    await sql`
      update census_round_site s set
        result = case when n < ${vetoed} then 'vetoed' when n < ${vetoed + failed} then 'failed' else 'passed' end,
        points = case when n < ${vetoed + failed} then 40 + n % 17 else n % 23 end,
        vetoes = case when n < ${vetoed} then array[(${[...VETOES]}::text[])[1 + n % ${sql.lit(VETOES.length)}]] else '{}' end
      from (select site_id as id, abs(hashtext(code)) % 100 as n from census_round_site where round_id = ${id}) as dice
      where s.round_id = ${id} and s.site_id = dice.id
    `.execute(tx)
    await seedChecks(tx, id, vetoed)
    await setRound(tx, id, {
      state: 'closed',
      ended_by: user.id,
      ended_at: new Date(atMs + (TAKES - 1) * DAY),
    })
  }
}

/** What home pages said of themselves then: so many in a hundred named an old ICP number, half as many no police filing. */
async function seedChecks(tx: Tx, roundId: number, wrong: number): Promise<void> {
  const sites = await recordRows(tx)
    .innerJoin('census_round_site as of', 'of.site_id', 'site.id')
    .where('of.round_id', '=', roundId)
    .execute()
  const rows = sites.map((site) => {
    const { phone, ...filed } = madeUpFilings(site.code)
    const registered = { ...registeredOf(site), ...filed, phones: [phone] }
    const { code, name, unit, icp, police, phones } = registered
    const n = diceOf(code) % 100
    const said: Imprint = {
      ...{ title: name, codes: [code], units: [unit], phones: phones.slice(0, 1), leadsToContact: true },
      icp: [n < wrong ? icp.replace(/\d{2}/, '09') : icp],
      police: n >= 100 - wrong / 2 ? [] : [police],
      unseen: null,
    }
    return { site_id: site.id, checks: crossChecks(registered, said, site.url) }
  })
  await sql`
    update census_round_site s set checks = one.checks
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(site_id int, checks jsonb)
    where s.round_id = ${roundId} and s.site_id = one.site_id
  `.execute(tx)
}
