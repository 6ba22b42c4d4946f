import { sql } from 'kysely'
import { addDays, DAY, HOUR, localDay, MINUTE, startOfDay, yearOf } from '../../../../shared/base/time.ts'
import type { NewGuard } from '../../../../shared/census/rounds/guards/guards.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { diceOf } from '../../../base/dice.ts'
import { editionInForce } from '../../../register/rule-editions/in-force.ts'
import { freeze } from '../open.ts'
import type { Span } from '../schedule.ts'
import { insertRound, requireRound, setRound } from '../service.ts'
import { seedHandedIn, signersOf } from '../submissions/demo.ts'
import { closeGuard } from './close.ts'

/** Great days of each year, as month and day: of these the one that was last was guarded. */
const FEASTS = [
  { name: '元旦网站安全保障', from: '01-01', to: '01-03' },
  { name: '两会网站安全保障', from: '03-04', to: '03-12' },
  { name: '劳动节网站安全保障', from: '05-01', to: '05-05' },
  { name: '高考网站安全保障', from: '06-07', to: '06-10' },
  { name: '暑期网站安全保障', from: '08-01', to: '08-07' },
  { name: '国庆节网站安全保障', from: '10-01', to: '10-07' },
] as const
/** So long after its last day one is closed with its report. */
const CLOSED_AFTER = 2
const HOURS = ['08:00', '17:00']
const UNREADY = ['证书将到期，正在更换', '机房检修未完成', '值班人员未落实']
const HAPPENED = ['首页短时打不开，重启后恢复', '链路抖动约 10 分钟，已恢复']
/** The district whose officer can sign in to the demo: it has yet to report. */
const WAITING = '440106'

/** Guarded periods of the demo: the last feast with its closing report, one that runs, one before which units are asked. */
export async function seedGuards(tx: Tx, ctx: Context, user: Principal): Promise<void> {
  const today = localDay(ctx.clock.now())
  const feast = lastFeast(today)
  await seedGuard(tx, ctx, user, {
    ...{ ...feast, districts: [], everyS: 20, hours: HOURS },
    poll: { opensOn: addDays(feast.from, -7), dueOn: addDays(feast.from, -3) },
    willing: 97,
  })
  await seedGuard(tx, ctx, user, {
    ...{ name: '网络安全宣传周保障', from: addDays(today, -1), to: addDays(today, 5) },
    ...{ districts: [WAITING, '440104', '440105', '4401-dept'], everyS: 15, hours: HOURS },
    poll: { opensOn: addDays(today, -6), dueOn: addDays(today, -3) },
    willing: 94,
  })
  await seedGuard(tx, ctx, user, {
    ...{ name: '年度考核网站保障', from: addDays(today, 6), to: addDays(today, 8) },
    ...{ districts: [], everyS: null, hours: HOURS },
    poll: { opensOn: addDays(today, -1), dueOn: addDays(today, 3) },
    willing: 45,
  })
}

function lastFeast(today: string) {
  const year = yearOf(today)
  const past = [year - 1, year]
    .flatMap((of) => FEASTS.map(({ name, from, to }) => ({ name, from: `${of}-${from}`, to: `${of}-${to}` })))
    .filter(({ to }) => addDays(to, CLOSED_AFTER) < today)
  return past.at(-1) ?? { name: FEASTS[0].name, from: addDays(today, -10), to: addDays(today, -8) }
}

interface Given extends Pick<NewGuard, 'name' | 'from' | 'to' | 'districts' | 'everyS' | 'hours'> {
  readonly poll: Span
  /** So many in a hundred answer the poll. */
  readonly willing: number
}

async function seedGuard(
  tx: Tx,
  ctx: Context,
  user: Principal,
  { poll, willing, ...given }: Given,
): Promise<void> {
  const at = (atMs: number): Context => ({ ...ctx, clock: { now: () => atMs } })
  const then = at(startOfDay(poll.opensOn))
  const guard = { ...given, siteIds: [], graceMin: 30 }
  const planned = { kind: 'guard' as const, edition: editionInForce().code, ...poll, repeats: false, guard }
  const id = await insertRound(tx, then, planned, user)
  await freeze(then, tx, await requireRound(then, tx, user, id), user)
  const signers = await signersOf(tx)
  await seedHandedIn(tx, ctx, id, { span: poll, willing, signers, isReport: false, unready: UNREADY })
  await seedZeroReports(tx, ctx, id, signers)
  const closedMs = startOfDay(addDays(given.to, CLOSED_AFTER)) + 10 * HOUR
  if (closedMs > ctx.clock.now()) return
  const over = at(closedMs)
  const round = await requireRound(over, tx, user, id)
  if (round.guard) await closeGuard(over, tx, round, round.guard, user)
  await setRound(tx, id, { state: 'closed', ended_by: user.id, ended_at: new Date(closedMs) })
}

/** Signs what is due so far, by dice that fall the same at every start: few are late, fewer missing. */
async function seedZeroReports(
  tx: Tx,
  ctx: Context,
  roundId: number,
  { units, districts }: Awaited<ReturnType<typeof signersOf>>,
): Promise<void> {
  const now = ctx.clock.now()
  const due = await tx
    .selectFrom('census_zero_report')
    .select(['id', 'district', 'unit_id', 'due_at'])
    .where('round_id', '=', roundId)
    .where('due_at', '<=', new Date(now))
    .execute()
  const rows = due.flatMap(({ id, district, unit_id, due_at }) => {
    const dueMs = due_at.getTime()
    const dice = diceOf(`${district}|${unit_id}|${localDay(dueMs)}|${dueMs % DAY}`)
    const signature = unit_id === null ? districts.get(district) : units.get(unit_id)
    const isWaiting = district === WAITING && dueMs > now - DAY
    if (isWaiting || signature === undefined || dice % 100 < 2) return []
    const late = dice % 100 < 6 ? 45 + (dice % 90) : -(dice % 40)
    const happened = dice % 47 === 0 ? (HAPPENED[dice % HAPPENED.length] ?? '') : ''
    const signedMs = Math.min(dueMs + late * MINUTE, now)
    return [{ id, happened, signature, at: new Date(signedMs).toISOString() }]
  })
  await sql`
    update census_zero_report z set happened = one.happened, signature = one.signature, signed_at = one.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as one(id int, happened text, signature text, at timestamptz)
    where z.id = one.id
  `.execute(tx)
}
