import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { localDay } from '../../../shared/base/time.ts'
import type { InspectionProblem, ProblemState } from '../../../shared/monitor/inspections/inspections.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { againAfterDeadlock } from '../../base/db/deadlock.ts'
import { commitFacts } from '../../base/facts/commit.ts'
import { refuseBeyondQuota } from '../../base/facts/quota.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { isFollowed, outcomeWithout } from './crawl/sums.ts'
import { findProblems } from './queries.ts'
import { askerOf } from './standing.ts'
import './refusals.ts'

export interface Decision {
  readonly problems: readonly { readonly id: number; readonly version: number }[]
  readonly to: ProblemState
  readonly note: string
}

const FACT_OF = {
  confirmed: 'problem.confirmed',
  refused: 'problem.refused',
  open: 'problem.reopened',
} as const
const QUOTA = {
  kinds: Object.values(FACT_OF),
  reason: 'facts.saidTooMuchOneDay',
} as const

/**
 * Says of problems that they are so, or are none, or takes that back: of all of them or of none. What is refused stays so when
 * it is found again.
 * @throws Refusal not_found, forbidden, conflict with those that somebody else has changed, too_many_requests
 */
export async function decideProblems(
  ctx: Context,
  user: Principal,
  { problems, to, note }: Decision,
): Promise<InspectionProblem[]> {
  const asker = await askerOf(ctx, user)
  const versions = new Map(problems.map(({ id, version }) => [id, version]))
  const ids = [...versions.keys()].sort((a, b) => a - b)
  const now = new Date(ctx.clock.now())
  let after: InspectionProblem[] = []
  // A false alarm takes the alert first and these after it.
  await againAfterDeadlock(() =>
    commitFacts(ctx, async (tx) => {
      await sql`select id from inspection_problem where id = any(${ids}::int[]) order by id for update`.execute(
        tx,
      )
      const before = await findProblems(tx, asker, ids)
      refuseWrong(before, versions, to, user)
      await refuseBeyondQuota(tx, user, ctx, QUOTA)
      await say(tx, user, ids, to, note, now)
      after = await findProblems(tx, asker, ids)
      const siteIds = [...new Set(after.map(({ siteId }) => siteId))]
      const facts = await tell(tx, user, after, to, note, now)
      return [...facts, ...(await ctx.after.inspected(tx, siteIds, now.getTime()))]
    }),
  )
  return after
}

/**
 * Refuses what an alert told of, as somebody has called it false: it would be back with the next look. What a person has said a word
 * of, what is gone meanwhile and what this person may not judge is let be.
 * @param ids in ascending order. @returns the facts; the caller appends them, and follows the alerts of `siteIds`
 */
export async function refuseProblems(
  tx: Tx,
  user: Principal,
  ids: readonly number[],
  note: string,
  now: Date,
): Promise<{ readonly facts: NewFact[]; readonly siteIds: readonly number[] }> {
  if (ids.length === 0) return { facts: [], siteIds: [] }
  await sql`select id from inspection_problem where id = any(${[...ids]}::int[]) order by id for update`.execute(
    tx,
  )
  const found = await findProblems(tx, { who: user, telling: [], today: localDay(now.getTime()) }, ids)
  const open = found.filter(
    ({ state, goneAt, may: steps }) => state === 'open' && goneAt === null && steps.includes('refused'),
  )
  if (open.length === 0) return { facts: [], siteIds: [] }
  await say(
    tx,
    user,
    open.map(({ id }) => id),
    'refused',
    note,
    now,
  )
  return {
    facts: await tell(tx, user, open, 'refused', note, now),
    siteIds: [...new Set(open.map(({ siteId }) => siteId))],
  }
}

async function say(
  tx: Tx,
  user: Principal,
  ids: readonly number[],
  to: ProblemState,
  note: string,
  now: Date,
): Promise<void> {
  const said =
    to === 'open'
      ? { decided_by: null, decided_at: null, note: null }
      : { decided_by: user.id, decided_at: now, note: note.trim() || null }
  await tx
    .updateTable('inspection_problem')
    .set({ state: to, ...said })
    .set({ version: sql`version + 1` })
    .where('id', 'in', [...ids])
    .execute()
  await outcomesAfter(tx, ids, now)
}

function refuseWrong(
  found: readonly InspectionProblem[],
  versions: ReadonlyMap<number, number>,
  to: ProblemState,
  user: Principal,
): void {
  if (found.length < versions.size) throw new Refusal('not_found', 'requests.noSuchThing')
  if (!may(user, 'problem.judge')) throw new Refusal('forbidden', 'requests.roleMayNot')
  const changed = found.filter(({ id, version }) => versions.get(id) !== version)
  if (changed.length > 0) throw new Refusal('conflict', 'inspections.changedMeanwhile', { current: changed })
  const wrong = found.filter(({ may: steps }) => !steps.includes(to))
  if (wrong.length > 0) throw new Refusal('conflict', 'inspections.saidAlready', { current: wrong })
}

/** A rule has found nothing on a site where people say that all that it found is none, and has found it again otherwise. */
async function outcomesAfter(tx: Tx, ids: readonly number[], now: Date): Promise<void> {
  await sql`
    update inspection i set outcome = one.outcome, since = ${now}::timestamptz
    from (
      select said.site_id, said.rule, case when bool_or(q.state <> 'refused') then 'found' else ${outcomeWithout('said')} end as outcome
      from inspection_problem p join inspection_problem q on q.site_id = p.site_id and q.rule = p.rule and q.gone_at is null
      join inspection said on said.site_id = p.site_id and said.rule = p.rule
      where p.id = any(${ids}::int[]) group by said.site_id, said.rule
    ) as one
    where i.site_id = one.site_id and i.rule = one.rule and i.outcome <> one.outcome and ${isFollowed('i')}
  `.execute(tx)
}

async function tell(
  tx: Tx,
  user: Principal,
  after: readonly InspectionProblem[],
  to: ProblemState,
  note: string,
  now: Date,
): Promise<NewFact[]> {
  const kind = FACT_OF[to]
  const actor = { id: user.id, name: user.name }
  const facts: NewFact[] = []
  for (const { id, rule, siteId, district, url } of after) {
    const detail = { rule, siteId, url, note: note || null }
    await recordAudit(tx, { at: now, actor: user, action: kind, entity: 'problem', entityId: id, detail })
    const data = { problemId: id, rule, url, text: note || null }
    facts.push({ kind, at: now.toISOString(), siteId, district, actor, data })
  }
  return facts
}
