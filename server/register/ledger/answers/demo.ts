import { sql } from 'kysely'
import { addDays, localDay } from '../../../../shared/base/time.ts'
import type { Context } from '../../../base/context.ts'
import { keepAnswers } from './progress.ts'

/** Half a year, and so many days of a district in which nothing is settled and then some at once. */
const DAYS = 182
const STEP = 11

/** How the demo has come to be settled as far as it is; once. */
export async function seedProgress({ db, clock }: Context): Promise<void> {
  const now = clock.now()
  const known = await db.selectFrom('answers_day').select('day').limit(1).executeTakeFirst()
  if (known) return
  await keepAnswers({ db }, now)
  const today = await db
    .selectFrom('answers_day')
    .selectAll()
    .where('demo', '=', true)
    .orderBy('district')
    .execute()
  if (today.length === 0) return
  const rows = today.flatMap((one, n) =>
    Array.from({ length: DAYS }, (_, ago) => pastOf(one, n, ago + 1, addDays(localDay(now), -ago - 1))),
  )
  await sql`insert into answers_day (day, district, sites, settled, unanswered, contested, kept_at, demo)
    select r.day, r.district, r.sites, r.settled, r.unanswered, r.contested, ${new Date(now)}::timestamptz, true
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(day text, district text, sites int, settled int, unanswered int, contested int)`.execute(db)
}

interface Figures {
  readonly district: string
  readonly sites: number
  readonly settled: number
  readonly unanswered: number
  readonly contested: number
}

/** Further back more was open, in steps: each district settles some at once, not all on the same day. */
function pastOf({ district, sites, ...now }: Figures, n: number, ago: number, day: string) {
  const back = Math.ceil((ago + ((n * 5) % STEP)) / STEP) / Math.ceil(DAYS / STEP)
  const unanswered = Math.min(sites, Math.round(now.unanswered + (sites * 0.62 - now.unanswered) * back))
  const contested = Math.min(sites, Math.round(now.contested + (sites * 0.14 - now.contested) * back))
  const settled = Math.max(0, Math.min(now.settled, sites - Math.max(unanswered, contested)))
  return { day, district, sites, settled, unanswered, contested }
}
