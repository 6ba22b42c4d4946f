import { sql } from 'kysely'
import { addDays, localDay, startOfDay } from '../../../../shared/base/time.ts'
import type {
  Figures,
  ReportSums,
  SiteFigures,
} from '../../../../shared/census/rounds/submissions/submissions.ts'
import { scoreSheet } from '../../../../shared/census/score-sheets/sheets-rules.ts'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'
import { findEdition } from '../../../register/rule-editions/in-force.ts'
import { measureSites } from '../../score-sheets/measure.ts'
import { lastReported } from '../schedule.ts'
import { dayOf, type SubmissionRow } from './queries.ts'

/** So many things that cost points are named of a site. */
const NAMED = 8

/** What the machine knows for a submission now: of a unit site by site, of a district in sums. */
export async function figuresOf(ctx: Pick<Context, 'clock'>, db: Db, row: SubmissionRow): Promise<Figures> {
  const sites = await siteFiguresOf(ctx, db, row)
  if (row.kind !== 'report') return { sites, sums: null }
  return { sites: [], sums: await sumsOf(db, row, sites) }
}

const listedIn = (db: Db, { round_id, district, unit_id }: SubmissionRow) => {
  const query = db
    .selectFrom('census_round_site')
    .select(['site_id', 'code', 'name'])
    .where('round_id', '=', round_id)
    .orderBy('position')
  return (
    unit_id === null ? query.where('district', '=', district) : query.where('unit_id', '=', unit_id)
  ).execute()
}

async function siteFiguresOf(
  ctx: Pick<Context, 'clock'>,
  db: Db,
  row: SubmissionRow,
): Promise<SiteFigures[]> {
  const sites = await listedIn(db, row)
  if (sites.length === 0) return []
  const edition = await findEdition(db, row.edition, { revision: row.revision ?? undefined })
  const atMs = ctx.clock.now()
  const ids = sites.map(({ site_id }) => site_id)
  const measured = await measureSites(db, ids, edition, { atMs, today: localDay(atMs) })
  return sites.map(({ site_id, code, name }) => {
    const of = measured.get(site_id) ?? { counted: {}, isPortal: false }
    const { outcome, points, score, vetoes, unmeasured, lines } = scoreSheet(edition, of)
    const lost = lines
      .filter((line) => line.points > 0 || vetoes.includes(line.rule))
      .sort((a, b) => b.points - a.points)
      .slice(0, NAMED)
      .map(({ rule, points, proof, bySource }) => ({ rule, points, proof, ...(bySource && { bySource }) }))
    return {
      siteId: site_id,
      code,
      name,
      outcome,
      points,
      score,
      vetoes,
      unmeasured: unmeasured.length,
      lost,
    }
  })
}

/** Sums over the days that the report tells of. */
async function sumsOf(db: Db, row: SubmissionRow, sites: readonly SiteFigures[]): Promise<ReportSums> {
  const { district, unit_id, opens_on, due_on, repeats } = row
  const last = lastReported({ opensOn: opens_on, dueOn: due_on, repeats })
  const [from, to] = [new Date(startOfDay(opens_on)), new Date(startOfDay(addDays(last, 1)))]
  const place = unit_id === null ? sql`site.district = ${district}` : sql`site.unit_id = ${unit_id}`
  const owner = unit_id === null ? sql`s.district = ${district}` : sql`s.unit_id = ${unit_id}`
  const { rows } = await sql<Omit<ReportSums, 'sites' | 'passed' | 'failed' | 'vetoed' | 'open'>>`
    select
      (select count(*)::int from alert a join site on site.id = a.site_id
        where ${place} and a.opened_at >= ${from} and a.opened_at < ${to}) as alerts,
      (select count(*)::int from rectification f join site on site.id = f.site_id
        where ${place} and f.raised_at >= ${from} and f.raised_at < ${to}) as "rectificationsRaised",
      (select count(*)::int from rectification f join site on site.id = f.site_id
        where ${place} and f.closed_at >= ${from} and f.closed_at < ${to}) as "rectificationsClosed",
      (select count(*)::int from rectification f join site on site.id = f.site_id
        where ${place} and f.stage <> 'closed' and f.due_on < ${last}) as "rectificationsOverdue",
      count(*)::int as "selfChecks",
      (count(*) filter (where s.first_at is not null))::int as "selfChecksIn",
      (count(*) filter (where ${dayOf('s.first_at')} > r.due_on))::int as "selfChecksLate"
    from census_submission s join census_round r on r.id = s.round_id
    where r.kind = 'self_check' and r.state <> 'void' and s.unit_id is not null and ${owner}
      and r.due_on >= ${opens_on} and r.due_on <= ${last}
  `.execute(db)
  const [sums] = rows
  if (!sums) throw new Error('no sums')
  const of = (outcome: SiteFigures['outcome']) => sites.filter((one) => one.outcome === outcome).length
  return {
    ...{
      sites: sites.length,
      passed: of('passed'),
      failed: of('failed'),
      vetoed: of('vetoed'),
      open: of('open'),
    },
    ...sums,
  }
}
