import { DAY } from '../../shared/base/time.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import { appendFacts } from '../base/facts/append.ts'
import { lastSeq } from '../base/facts/log.ts'
import { ensureGroups, findArea, storeArea } from '../register/divisions/area.ts'
import { addMissingStates, upsertSites } from '../register/import/upsert.ts'
import { DEMO_CITY, type DemoSite, demoRegister } from './cast/register.ts'
import { PAST_DAYS } from './past/fill.ts'

/** Ports on which the demo fleet listens; they may be others at each start. */
export interface FleetPorts {
  http: number
  https: number
}

/**
 * Loads the demo's 640 sites at the fleet's addresses, and marks the installation as a demo.
 * @throws when it holds real sites: the demo never mixes with a real register.
 */
export async function loadDemoRegister(
  ctx: Pick<Context, 'db' | 'clock' | 'config' | 'wake'>,
  ports: FleetPorts,
): Promise<{ added: number; changed: number }> {
  const at = new Date(ctx.clock.now())
  const intervalS = ctx.config.demoIntervalS
  const result = await ctx.db.transaction().execute(async (tx) => {
    await refuseBesideRealSites(tx)
    const kept = await edited(tx)
    const rows = demoRegister().map((site) => ({
      ...{ ...site, intervalS, ...kept.get(site.host) },
      url: addressOf(site, ports),
    }))
    if (!(await findArea(tx))) await storeArea(tx, { code: DEMO_CITY, by: 'register' })
    await ensureGroups(
      tx,
      rows.map(({ district }) => district),
    )
    const { added, changed } = await upsertSites(tx, rows, { demo: true, at, by: null })
    await addMissingStates(tx, at, intervalS)
    await tx
      .insertInto('setting')
      .values({ key: 'demo', value: 'true' })
      .onConflict((on) => on.column('key').doUpdateSet({ value: 'true' }))
      .execute()
    if (added + changed > 0) {
      const data = { added, changed }
      // The past that a new demo is given begins with it.
      const told = (await lastSeq(tx)) === 0 ? new Date(at.getTime() - PAST_DAYS * DAY) : at
      await appendFacts(tx, [
        { at: told.toISOString(), kind: 'register.changed', siteId: null, district: null, actor: null, data },
      ])
    }
    return { added, changed }
  })
  ctx.wake()
  return result
}

/** What the register says of the demo's sites by now, by their hosts: what somebody has changed stays. */
async function edited(tx: Tx) {
  const rows = await tx
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select(['code', 'site.name', 'site.url', 'level', 'site.district', 'division', 'platform'])
    .select(['interval_s as intervalS', 'unit.name as unit'])
    .where('demo', '=', true)
    .execute()
  return new Map(
    rows.map(({ url, division, district, ...site }) => [
      new URL(url).hostname,
      { ...site, district, division: division ?? district },
    ]),
  )
}

function addressOf({ scheme, host }: DemoSite, ports: FleetPorts): string {
  return `${scheme}://${host}:${ports[scheme]}/`
}

async function refuseBesideRealSites(tx: Tx): Promise<void> {
  const real = await tx.selectFrom('site').select('id').where('demo', '=', false).limit(1).executeTakeFirst()
  if (real) throw new Error('The demo cannot be loaded: this installation holds a real register.')
}
