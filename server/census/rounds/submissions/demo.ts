import { sql } from 'kysely'
import { groupBy } from '../../../../shared/base/lists/group.ts'
import { addDays, DAY, HOUR, localDay, startOfDay } from '../../../../shared/base/time.ts'
import type { SiteFigures } from '../../../../shared/census/rounds/submissions/submissions.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { diceOf } from '../../../base/dice.ts'
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
  const signers = await signersOf(tx)
  for (const kind of ['self_check', 'report'] as const) {
    const spans = await spansOf(tx, ctx, kind)
    for (const [at, span] of spans.entries()) {
      const isLast = at === spans.length - 1
      const id = await seedOpened(tx, ctx, kind, span, isLast)
      const willing = WILLING.first + ((WILLING.last - WILLING.first) * at) / Math.max(1, spans.length - 1)
      await seedHandedIn(tx, ctx, id, {
        ...{ span, willing: isLast ? SO_FAR : willing, signers },
        isReport: kind === 'report',
      })
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

/** Who signs: of units their first contact, of districts their officer; the unit of the demo's sign-in has yet to sign. */
export async function signersOf(tx: Tx) {
  const contacts = await tx
    .selectFrom('unit_contact')
    .select(['unit_id', 'name'])
    .orderBy('position', 'desc')
    .execute()
  const people = await tx
    .selectFrom('user_account')
    .select(['name', 'username', 'districts', 'unit_ids'])
    .where('demo', '=', true)
    .orderBy('id', 'desc')
    .execute()
  return {
    units: new Map(contacts.map(({ unit_id, name }) => [unit_id, name])),
    districts: new Map(
      people.flatMap(({ name, districts }) => districts.map((code) => [code, name] as const)),
    ),
    waiting: new Set(people.flatMap(({ username, unit_ids }) => (username === 'unit' ? unit_ids : []))),
  }
}
export type Signers = Awaited<ReturnType<typeof signersOf>>

interface Handing {
  readonly span: Span
  /** So many in a hundred. */
  readonly willing: number
  readonly signers: Signers
  /** A report says nothing site by site. */
  readonly isReport: boolean
  /** Why one site in many is not ready, of polls. */
  readonly unready?: readonly string[]
}

/** Hands in what is handed in so far, by dice that fall the same at every start; what the monitor knew is made up as well. */
export async function seedHandedIn(tx: Tx, ctx: Context, id: number, handing: Handing): Promise<void> {
  const submissions = await tx
    .selectFrom('census_submission')
    .select(['id', 'unit_id', 'district', 'unit_name'])
    .where('round_id', '=', id)
    .execute()
  const known = await knownOf(tx, id)
  const rows = submissions.flatMap((one) => {
    const dice = diceOf(`${id}|${one.district}|${one.unit_id}`)
    const atMs = handedInAt(dice, handing.span)
    const isWaiting = one.unit_id !== null && handing.signers.waiting.has(one.unit_id)
    if (isWaiting || dice % 100 >= handing.willing || atMs > ctx.clock.now()) return []
    const { units, districts } = handing.signers
    const name = one.unit_id === null ? districts.get(one.district) : units.get(one.unit_id)
    const sites = (one.unit_id !== null && !handing.isReport && known.get(one.unit_id)) || []
    return {
      ...{ id: one.id, at: new Date(atMs), signature: name ?? one.unit_name ?? one.district },
      state: atMs > ctx.clock.now() - 2 * DAY ? 'handed_in' : dice % 41 === 0 ? 'returned' : 'accepted',
      answers: {
        sites: sites.map(({ siteId }) => said(siteId, handing.unready ?? [])),
        words: '',
        traffic: handing.isReport && one.unit_id === null ? trafficOf(one.district, handing.span) : null,
      },
      figures: handing.isReport ? null : { sites, sums: null },
    }
  })
  await sql`
    update census_submission s set state = one.state, first_at = one.at, handed_in_at = one.at,
      signature = one.signature, answers = one.answers, figures = one.figures
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as one(id int, state text, at timestamptz, signature text, answers jsonb, figures jsonb)
    where s.id = one.id
  `.execute(tx)
}

/** Visits of half a month that a district reports: its own size, a little more each time, and some luck. */
function trafficOf(district: string, { dueOn }: Span): number {
  const size = 60_000 + (diceOf(`visits ${district}`) % 420_000)
  const month = Number(dueOn.slice(0, 4)) * 12 + Number(dueOn.slice(5, 7)) - 24_300
  const luck = (diceOf(`visits ${district} ${dueOn}`) % 200) / 1000
  return Math.round(size * (0.8 + 0.02 * Math.max(0, Math.min(20, month)) + luck))
}

/** One site in so many is not ready. */
const UNREADY_ONE_IN = 53

function said(siteId: number, reasons: readonly string[]) {
  const why = siteId % UNREADY_ONE_IN === 0 ? reasons[siteId % reasons.length] : undefined
  return { siteId, agrees: why === undefined, note: why ?? '' }
}

/** Some are late by a few hours or days. */
function handedInAt(dice: number, { opensOn, dueOn }: Span): number {
  const [opens, due] = [startOfDay(opensOn), startOfDay(addDays(dueOn, 1))]
  const isLate = Math.floor(dice / 100) % 100 < WILLING.late
  if (isLate) return due + (1 + (dice % 3)) * 9 * HOUR
  return opens + (0.1 + (0.85 * (Math.floor(dice / 7) % 1000)) / 1000) * (due - opens)
}

/** What the monitor knew of the sites of each unit. */
async function knownOf(tx: Tx, id: number): Promise<Map<number, SiteFigures[]>> {
  const sites = await tx
    .selectFrom('census_round_site')
    .select(['unit_id', 'site_id', 'code', 'name'])
    .where('round_id', '=', id)
    .orderBy('position')
    .execute()
  return groupBy(
    sites,
    ({ unit_id }) => unit_id,
    ({ site_id, code, name }) => {
      const points = (site_id * 7) % 23
      const figures = { siteId: site_id, code, name, outcome: 'open' as const, points, score: 100 - points }
      return { ...figures, vetoes: [], unmeasured: 13, lost: [] }
    },
  )
}
