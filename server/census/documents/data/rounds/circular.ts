import type { Value } from '../../../../../shared/census/documents/documents.ts'
import type { Seat } from '../../../../../shared/census/rounds/reviews/reviews-rules.ts'
import type { Round, RoundSite } from '../../../../../shared/census/rounds/rounds.ts'
import type { SheetResult } from '../../../../../shared/census/score-sheets/sheets.ts'
import { countedBy, scoreSheet } from '../../../../../shared/census/score-sheets/sheets-rules.ts'
import type { EditionBody } from '../../../../../shared/register/rule-editions/editions.ts'
import type { Db } from '../../../../base/db/database.ts'
import { Refusal } from '../../../../base/refusal.ts'
import { findEdition } from '../../../../register/rule-editions/in-force.ts'
import { type Looks, settled } from '../../../rounds/reviews/rules.ts'
import { listRoundSites, sumOf, tallySites } from '../../../rounds/sites.ts'
import { col, type Made, type Making, Parts } from '../made.ts'
import { passRate, worstFirst } from '../sites.ts'
import { addRecheck } from './recheck.ts'

/** Sites of one round that were drawn are all held at once. */
const MOST_CHOSEN = 100_000

/**
 * 通报 of a spot check: how many were looked at and passed, districts by their share, each site that failed with why, and
 * what became of those that failed the time before.
 * @throws Refusal invalid for another kind of round; conflict before it is closed
 */
export async function circularOf(making: Making, told?: (done: number) => Promise<void>): Promise<Made> {
  const { db, user } = making
  const round = requireClosed(making.round)
  const edition = await findEdition(db, round.edition, { revision: round.revision ?? undefined })
  const districts = await tallySites(db, user.scope, round.id, round.dueOn)
  const { total, done, passed, failed, vetoed, open } = sumOf(districts)
  const parts = new Parts().section('overview')
  parts.count({ listed: round.sites, checked: total, passed, failed, vetoed, open })
  parts.figure('passRate', passRate({ passed, failed, vetoed, open }), 'percent')
  const ranked = districts
    .map((one) => ({ ...one, rate: passRate(one) }))
    .sort(
      (a, b) => (b.rate ?? -1) - (a.rate ?? -1) || b.total - a.total || (a.district < b.district ? -1 : 1),
    )
  parts.section('ranking').table(
    'ranking',
    [
      ...[col('rank', 'number'), col('district', 'district'), col('checked', 'number')],
      ...[
        col('passed', 'number'),
        col('failed', 'number'),
        col('vetoed', 'number'),
        col('passRate', 'percent'),
      ],
    ],
    ranked.map((one, at) => [at + 1, one.district, one.total, one.passed, one.failed, one.vetoed, one.rate]),
    true,
  )
  const { items: sites } = await listRoundSites(db, user.scope, round.id, {
    draw: 'chosen',
    limit: MOST_CHOSEN,
  })
  await addFailures(parts, db, round, edition, sites)
  await addRecheck(parts, making, round, told)
  return {
    ...{ window: { from: round.opensOn, to: round.dueOn }, edition, denominator: total },
    excluded: round.sites > total ? [{ reason: 'notDrawn', n: round.sites - total }] : [],
    ...{ unmeasured: total - done, parts },
  }
}

function requireClosed(round: Round | null): Round {
  if (round?.kind !== 'spot') throw new Refusal('invalid', 'documents.roundOfOtherKind')
  if (round.state !== 'closed') {
    throw new Refusal('conflict', 'documents.roundNotClosed', { values: { number: round.number } })
  }
  return round
}

export const FAILURE_COLUMNS = [
  ...[col('code'), col('site'), col('district', 'district'), col('unit'), col('outcome', 'outcome')],
  ...[col('points', 'number'), col('reasons', 'rules'), col('note')],
]

async function addFailures(
  parts: Parts,
  db: Db,
  round: Round,
  edition: EditionBody,
  sites: readonly RoundSite[],
): Promise<void> {
  const reasons = await reasonsIn(db, round.id, edition)
  const rows = sites
    .flatMap((site) => {
      const { result, points } = site
      return result === 'vetoed' || result === 'failed'
        ? [{ ...site, outcome: result, points: points ?? 0 }]
        : []
    })
    .sort(worstFirst)
    .map(({ siteId, code, name, district, unit, outcome, points }): Value[] => {
      const why = reasons.get(siteId)
      return [code, name, district, unit, outcome, points, why?.rules ?? [], why?.note ?? '']
    })
  parts.section('failures').figure('failures', rows.length).table('failures', FAILURE_COLUMNS, rows)
}

interface Why {
  readonly rules: string[]
  readonly note: string
}

/** The dearest rules that are named of a site that no veto fails. */
const NAMED = 5

/** By site of a spot check, the rules by which it failed in the look that stands, and what was noted. */
async function reasonsIn(db: Db, roundId: number, edition: EditionBody): Promise<Map<number, Why>> {
  const rows = await db
    .selectFrom('census_review as v')
    .innerJoin('census_round_site as s', (join) =>
      join.onRef('s.round_id', '=', 'v.round_id').onRef('s.site_id', '=', 'v.site_id'),
    )
    .select(['v.site_id', 'v.seat', 'v.outcome', 'v.measured', 'v.note', 's.second', 's.level'])
    .where('v.round_id', '=', roundId)
    .where('v.submitted_at', 'is not', null)
    .execute()
  const looks = new Map<number, Looks<{ outcome: string; why: Why }>>()
  const twice = new Set(rows.filter(({ second }) => second).map(({ site_id }) => site_id))
  for (const { site_id, seat, outcome, measured, note, level } of rows) {
    const sheet = scoreSheet(edition, {
      counted: countedBy(measured ?? {}, 'person'),
      isPortal: level.endsWith('_portal'),
    })
    const look = { outcome: outcome ?? '', why: { rules: rulesOf(sheet), note } }
    looks.set(site_id, { ...looks.get(site_id), [seat satisfies Seat]: look })
  }
  return new Map(
    [...looks].flatMap(([siteId, of]) => {
      const stands = settled(of, twice.has(siteId))
      return stands ? [[siteId, stands.why]] : []
    }),
  )
}

function rulesOf({ vetoes, lines }: Pick<SheetResult, 'vetoes' | 'lines'>): string[] {
  if (vetoes.length > 0) return vetoes
  const dear = lines.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points)
  return dear.slice(0, NAMED).map(({ rule }) => rule)
}
