import { sql } from 'kysely'
import { addDays, DAY, localDay, startOfDay } from '../../../../shared/base/time.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { editionInForce } from '../../../register/rule-editions/in-force.ts'
import { freeze } from '../open.ts'
import { nextSpan, type Span } from '../schedule.ts'
import { insertRound, requireRound, setRound } from '../service.ts'
import { todayOf } from '../today.ts'

/** Half a year. */
const PAST_DAYS = 182
/** So long after its last day a round is closed. */
const CLOSED_AFTER = 5
/** So many in a hundred hand in at the beginning of the half year, and at its end; late so many of these. */
const WILLING = { first: 68, last: 94, late: 9 } as const
/** So many in a hundred have handed in of the round that is under way. */
const SO_FAR = 62

/** Self-checks and reports of half a year in the demo: at first many were missing, now few are. */
export async function seedSubmissions(tx: Tx, ctx: Context, user: Principal): Promise<void> {
  for (const kind of ['self_check', 'report'] as const) {
    const spans = await spansOf(tx, ctx, kind)
    for (const [at, span] of spans.entries()) {
      const isLast = at === spans.length - 1
      const id = await seedOpened(tx, ctx, kind, span, isLast)
      const willing = WILLING.first + ((WILLING.last - WILLING.first) * at) / Math.max(1, spans.length - 1)
      await seedHandedIn(tx, ctx, id, span, Math.round(isLast ? SO_FAR : willing))
      const closedOn = addDays(span.dueOn, CLOSED_AFTER)
      if (isLast || closedOn > localDay(ctx.clock.now())) continue
      const ended = { ended_by: user.id, ended_at: new Date(startOfDay(closedOn) + DAY / 2) }
      await setRound(tx, id, { state: 'closed', ...ended })
    }
  }
}

/** Those that have begun, the oldest first. */
async function spansOf(tx: Tx, ctx: Context, kind: 'self_check' | 'report'): Promise<Span[]> {
  const { today, calendar } = await todayOf(ctx, tx)
  const spans: Span[] = []
  for (let from = addDays(today, -PAST_DAYS); ; ) {
    const span = nextSpan(calendar, kind, from)
    if (span.opensOn > today) return spans
    spans.push(span)
    from = span.opensOn
  }
}

/** Opened by the program, on its day; with the last one the next is planned. */
async function seedOpened(
  tx: Tx,
  ctx: Context,
  kind: 'self_check' | 'report',
  span: Span,
  repeats: boolean,
): Promise<number> {
  const then = { ...ctx, clock: { now: () => startOfDay(span.opensOn) } }
  const id = await insertRound(tx, then, { kind, edition: editionInForce().code, ...span, repeats }, null)
  const reader = { id: 0, name: '', role: 'viewer' as const, scope: { kind: 'city' as const } }
  await freeze(then, tx, await requireRound(then, tx, reader, id), null)
  return id
}

/**
 * Hands in what is handed in so far, by dice that fall the same at every start. Names are of the units' contacts; what
 * the monitor knew of their sites is made up as well.
 */
async function seedHandedIn(tx: Tx, ctx: Context, id: number, span: Span, willing: number): Promise<void> {
  const now = new Date(ctx.clock.now())
  const [opens, due] = [new Date(startOfDay(span.opensOn)), new Date(startOfDay(addDays(span.dueOn, 1)))]
  await sql`
    with dice as (
      select s.id, s.unit_id, s.district, abs(hashtext(s.round_id || '|' || s.district || '|' || coalesce(s.unit_id, 0))) as n
      from census_submission s where s.round_id = ${id}
        and s.unit_id is distinct from (select min(unit_ids[1]) from user_account where demo and username = 'unit')
    ), handed as (
      select *, case when n / 100 % 100 < ${WILLING.late} then ${due}::timestamptz + (1 + n % 3) * interval '9 hours'
          else ${opens}::timestamptz + (0.1 + 0.85 * (n / 7 % 1000) / 1000) * (${due}::timestamptz - ${opens}::timestamptz)
        end as at
      from dice where n % 100 < ${willing}
    ), figures as (
      select rs.unit_id, jsonb_agg(jsonb_build_object('siteId', rs.site_id, 'code', rs.code, 'name', rs.name,
          'outcome', 'open', 'points', rs.site_id * 7 % 23, 'score', 100 - rs.site_id * 7 % 23,
          'vetoes', '[]'::jsonb, 'unmeasured', 13, 'lost', '[]'::jsonb) order by rs.position) as sites,
        jsonb_agg(jsonb_build_object('siteId', rs.site_id, 'agrees', true, 'note', '') order by rs.position) as answers
      from census_round_site rs where rs.round_id = ${id} group by rs.unit_id
    )
    update census_submission s set
      state = case when handed.at > ${now}::timestamptz - interval '2 days' then 'handed_in'
        when handed.n % 41 = 0 then 'returned' else 'accepted' end,
      first_at = handed.at, handed_in_at = handed.at,
      signature = coalesce((select c.name from unit_contact c where c.unit_id = s.unit_id order by c.kind, c.position limit 1),
        (select u.name from user_account u where u.districts = array[s.district] order by u.id limit 1), s.unit_name),
      answers = jsonb_build_object('sites', coalesce(figures.answers, '[]'), 'words', '', 'traffic', null),
      figures = case when s.unit_id is not null and r.kind = 'self_check'
        then jsonb_build_object('sites', figures.sites, 'sums', null) end
    from handed left join figures on figures.unit_id = handed.unit_id, census_round r
    where s.id = handed.id and r.id = s.round_id and handed.at < ${now}
  `.execute(tx)
}
