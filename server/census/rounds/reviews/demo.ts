import { sql } from 'kysely'
import { DAY, HOUR } from '../../../../shared/base/time.ts'
import type { Measured } from '../../../../shared/census/score-sheets/sheets.ts'
import { countedBy, scoreSheet } from '../../../../shared/census/score-sheets/sheets-rules.ts'
import type { EditionBody, Rule } from '../../../../shared/register/rule-editions/editions.ts'
import type { Tx } from '../../../base/db/database.ts'
import { diceOf } from '../../../base/dice.ts'
import { listUsers } from '../../../people/accounts/queries.ts'
import { editionInForce } from '../../../register/rule-editions/in-force.ts'
import { assignSeats, type Looks, type OpenSeat, settled } from './rules.ts'

interface Checked {
  /** So many sites in a hundred pass. */
  readonly passed: number
  /** So many looks in a hundred are in. */
  readonly done: number
  /** When they were given out. */
  readonly atMs: number
  readonly by: number
}

interface Site {
  readonly site_id: number
  readonly code: string
  readonly district: string
  readonly unit_id: number
  readonly second: boolean
}

/** What the reviewers of the demo found at the chosen sites of a round; two differ now and then, and a third decides. */
export async function seedReviews(tx: Tx, roundId: number, checked: Checked): Promise<void> {
  const sites = await tx
    .selectFrom('census_round_site')
    .select(['site_id', 'code', 'district', 'unit_id', 'second'])
    .where('round_id', '=', roundId)
    .where('draw', '=', 'chosen')
    .orderBy('position')
    .execute()
  const rows = looksAt(sites, await reviewersOf(tx)).map((one) => lookOf(one, roundId, checked))
  if (rows.length === 0) return
  await tx.insertInto('census_review').values(rows).execute()
  await keepResults(tx, roundId, sites, rows)
}

const reviewersOf = async (tx: Tx) => {
  const users = await listUsers(tx, { kind: 'city' }, { assignable: true, district: undefined })
  return users.filter(({ role }) => role !== 'unit')
}

interface Look {
  readonly seat: OpenSeat
  readonly reviewerId: number
  readonly isDisputed: boolean
}

/** Every eighth second look comes to something else. */
const isDisputed = ({ code, second }: Site): boolean => second && diceOf(`disputed|${code}`) % 8 === 0

function looksAt(sites: readonly Site[], reviewers: Awaited<ReturnType<typeof reviewersOf>>): Look[] {
  const seats = sites.flatMap((site) => {
    const place = { district: site.district, unitId: site.unit_id }
    const of = { siteId: site.site_id, code: site.code, ...place, now: place, taken: [] }
    const wanted = ['first', ...(site.second ? ['second'] : []), ...(isDisputed(site) ? ['third'] : [])]
    return wanted.map((seat) => ({ ...of, seat: seat as OpenSeat['seat'] }))
  })
  const disputed = new Set(sites.filter(isDisputed).map(({ code }) => code))
  return assignSeats(seats, reviewers).assigned.map((one) => ({
    ...one,
    isDisputed: disputed.has(one.seat.code),
  }))
}

function lookOf({ seat, reviewerId, isDisputed: isAtOdds }: Look, roundId: number, checked: Checked) {
  const dice = diceOf(`${roundId}|${seat.code}`)
  const wish = dice % 100 < checked.passed ? 'passed' : dice % 3 === 0 ? 'vetoed' : 'failed'
  const found = isAtOdds && seat.seat === 'second' ? (wish === 'passed' ? 'failed' : 'passed') : wish
  const edition = editionInForce()
  const measured = measuredFor(edition, found, dice)
  const { outcome, points } = scoreSheet(edition, { counted: countedBy(measured, 'person'), isPortal: false })
  const isIn = seat.seat !== 'third' || checked.done === 100
  const late = diceOf(`${roundId}|${seat.code}|${seat.seat}`)
  const isDone = isIn && late % 100 < checked.done
  return {
    ...{ round_id: roundId, site_id: seat.siteId, seat: seat.seat, reviewer_id: reviewerId },
    ...{ assigned_by: checked.by, assigned_at: new Date(checked.atMs) },
    ...{ submitted_at: isDone ? new Date(checked.atMs + (1 + (late % 4)) * DAY + (late % 9) * HOUR) : null },
    ...{ measured: isDone ? JSON.stringify(measured) : null },
    ...{ outcome: isDone ? outcome : null, points: isDone ? points : null },
  }
}

/** What is counted where nothing is wrong. */
const wellOf = ({ effect }: Rule): number =>
  effect.form === 'tiers' || (effect.form === 'veto' && effect.atLeast === undefined) ? 30 : 0

/** Counts that come to an outcome by the rules, with some points lost in any case. */
function measuredFor(edition: EditionBody, outcome: 'passed' | 'failed' | 'vetoed', dice: number): Measured {
  const well = Object.fromEntries(edition.rules.map((rule) => [rule.id, wellOf(rule)]))
  const lost = { S2b: dice % 60, S8b: dice % 4, S9b: dice % 3 }
  const more = outcome === 'vetoed' ? { V2: 0 } : outcome === 'failed' ? { S8b: 42 + (dice % 9) } : {}
  const known = Object.entries({ ...lost, ...more }).filter(([rule]) => rule in well)
  return { ...well, ...Object.fromEntries(known) }
}

type Row = ReturnType<typeof lookOf>

async function keepResults(tx: Tx, roundId: number, sites: readonly Site[], rows: readonly Row[]) {
  const results = sites.flatMap(({ site_id, second }) => {
    const looks: Looks<{ outcome: string; points: number | null }> = {}
    for (const row of rows) {
      if (row.site_id === site_id && row.outcome)
        looks[row.seat] = { outcome: row.outcome, points: row.points }
    }
    const result = settled(looks, second)
    return result ? [{ site_id, result: result.outcome, points: result.points }] : []
  })
  await sql`
    update census_round_site s set result = one.result, points = one.points
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as one(site_id int, result text, points float8)
    where s.round_id = ${roundId} and s.site_id = one.site_id
  `.execute(tx)
}
