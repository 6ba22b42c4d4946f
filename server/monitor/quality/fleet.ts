import { sql } from 'kysely'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { DAY, localDay, MINUTE } from '../../../shared/base/time.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import { judgeMessages, type MessageReading } from '../../../shared/monitor/messages/messages-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { inSlices } from '../../base/slices.ts'
import type { Case, Look, Looked } from './count.ts'
import type { LookedOutcome } from './tables.ts'

/** What happened of a fleet's site. */
export interface FleetCase extends Case {
  readonly siteId: number
}

/** An outage is told of so long after it ended, too: the last re-check may have been under way. */
const GRACE_MS = MINUTE
/** Somebody broke or healed a site by hand within so long: the script no longer says how it is. */
const BY_HAND_MS = 30 * DAY

interface Standing {
  readonly id: number
  readonly v1: string
  readonly v2: string
  readonly v3: string
  readonly readings: readonly (MessageReading | null)[]
}

/**
 * The demo's sites as the monitor says that they are at `atMs`, and which it called down since `sinceMs`, beside what they are.
 * Sites that are paused, that changed hands, or that somebody broke by hand are left out.
 */
export async function lookedAtFleet(
  ctx: Context,
  sinceMs: number,
  atMs: number,
): Promise<Looked<FleetCase>[]> {
  const { db } = ctx
  const truths = await inSlices(ctx.after.truthOfFleet(sinceMs, atMs))
  const [standings, calls] = [await standingsOf(db, atMs), await downCalls(db, sinceMs, atMs)]
  const inspected = await inspectedSince(db, sinceMs)
  return truths.flatMap(({ code, ...one }) => {
    const standing = standings.get(code)
    if (!standing) return []
    const looks = looksOf(one, { standing, atMs, calls, inspected })
    if (looks === null) return []
    const toMs = one.rule === 'DOWN' ? one.toMs + GRACE_MS : one.toMs + 1
    return [{ one: { ...one, toMs, siteId: standing.id }, looks }]
  })
}

interface Heard {
  readonly standing: Standing
  readonly atMs: number
  readonly calls: ReadonlyMap<number, readonly number[]>
  readonly inspected: ReadonlyMap<string, LookedOutcome>
}

/** What the monitor says of a case; null: it has not looked. */
function looksOf(one: Case, { standing, atMs, calls, inspected }: Heard): Look[] | null {
  if (one.rule === 'DOWN') return outageLooks(one, calls.get(standing.id) ?? [])
  if (!inspectionRule(one.rule)) return said(one.rule, standing, atMs)
  const outcome = inspected.get(`${standing.id} ${one.rule}`)
  return outcome === undefined ? null : [{ atMs, outcome }]
}

/** That a site was not called down is said all the time. Beside a long outage there may be short ones, which are told of, too. */
function outageLooks({ isFault, fromMs, toMs }: Case, calls: readonly number[]): Look[] {
  const heard = isFault ? calls.filter((atMs) => fromMs <= atMs && atMs < toMs + GRACE_MS) : calls
  return [
    { atMs: fromMs, outcome: 'clear' as const },
    ...heard.map((atMs) => ({ atMs, outcome: 'found' as const })),
  ]
}

function said(rule: string, standing: Standing, atMs: number): Look[] {
  const outcome = rule === 'V5' ? lettersSay(standing, atMs) : verdictSays(standing, rule)
  return [{ atMs, outcome }]
}

function verdictSays(standing: Standing, rule: string): LookedOutcome {
  const verdict = rule === 'V1' ? standing.v1 : rule === 'V2' ? standing.v2 : standing.v3
  if (verdict === 'insufficient') return 'unmeasured'
  return verdict === 'violated' ? 'found' : 'clear'
}

const lettersSay = ({ readings }: Standing, atMs: number): LookedOutcome =>
  judgeMessages(
    readings.map((reading) => ({ reading })),
    localDay(atMs),
  ).outcome

async function standingsOf(db: Db, atMs: number): Promise<Map<string, Standing>> {
  const { rows } = await sql<Standing & { code: string }>`
    select site.id, site.code, state.v1, state.v2, state.v3,
      coalesce((select json_agg(m.reading) from message_column m where m.site_id = site.id), '[]') as readings
    from site join site_state state on state.site_id = site.id
    where site.demo and site.merged_into is null and state.state <> 'paused'
      and not exists (select from audit a where a.entity = 'fleet' and a.entity_id = site.id
        and a.at > ${new Date(atMs - BY_HAND_MS)})
      and not exists (select from site_said said where said.site_id = site.id)
  `.execute(db)
  return new Map(rows.map((row) => [row.code, row]))
}

/** What the rules of machine inspections said of the demo's sites since then, but for what people have decided otherwise. */
async function inspectedSince(db: Db, sinceMs: number): Promise<Map<string, LookedOutcome>> {
  const { rows } = await sql<{ siteId: number; rule: string; outcome: LookedOutcome }>`
    select i.site_id as "siteId", i.rule, i.outcome from inspection i join site on site.id = i.site_id
    where site.demo and i.at >= ${new Date(sinceMs)} and not exists (select from inspection_problem p
      where p.site_id = i.site_id and p.rule = i.rule and p.state = 'refused')
  `.execute(db)
  return new Map(rows.map(({ siteId, rule, outcome }) => [`${siteId} ${rule}`, outcome]))
}

/** When each site was called down (epoch ms). */
async function downCalls(db: Db, sinceMs: number, atMs: number): Promise<Map<number, number[]>> {
  const { rows } = await sql<{ siteId: number; at: Date }>`
    select site_id as "siteId", at from fact
    where kind = 'site.changed' and at >= ${new Date(sinceMs)} and at < ${new Date(atMs)}
      and data #>> '{after,availability}' = 'down'
      and data #>> '{before,availability}' is distinct from 'down'
    order by at
  `.execute(db)
  return groupBy(
    rows,
    ({ siteId }) => siteId,
    ({ at }) => at.getTime(),
  )
}
