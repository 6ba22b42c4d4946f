import { fileURLToPath } from 'node:url'
import { connect } from '../../server/base/db/connect.ts'
import { migrate } from '../../server/base/db/migrate.ts'
import { demoRegister } from '../../server/demo/cast/register.ts'
import { ensureDivisions } from '../../server/register/divisions/seed.ts'
import { SECOND } from '../../shared/base/time.ts'
import { startPostgres } from '../support/databases/postgres-server.ts'
import { liveThrough } from '../week/live.ts'
import type { Score } from '../week/score.ts'
import { atMost, type Figure, percentile, table, told } from './figure.ts'

const DAYS = Number(process.env.WEEK_DAYS ?? 7)
const FAULTS = Number(process.env.WEEK_FAULTS ?? 14)
/** A Monday, midnight in Guangzhou. */
const START_MS = Date.parse('2026-03-09T00:00:00+08:00')
const DEADLINE_MS = 15 * SECOND

const say = (text: string) => void process.stderr.write(`${text}\n`)

/** A week of the whole demo fleet with faults of the line, on PostgreSQL: what the monitor said against the truth. */
export async function benchWeek(): Promise<Figure[]> {
  const postgres = await startPostgres()
  const connection = await connect({ databaseUrl: postgres.url(), dataDir: '' })
  try {
    await migrate(connection.db)
    await ensureDivisions(connection.db)
    const sites = demoRegister()
    const score = await liveThrough({
      connection,
      sites,
      startMs: START_MS,
      days: DAYS,
      faults: FAULTS,
      calmTickMs: 15 * SECOND,
      deadlineMs: DEADLINE_MS,
      tell: say,
    })
    for (const text of score.falseDown) say(`false down: ${text}`)
    for (const text of score.missed) say(`missed: ${text}`)
    return figuresOf(score)
  } finally {
    await connection.close()
    await postgres.remove()
  }
}

function figuresOf(score: Score): Figure[] {
  const seconds = (share: number) => percentile(score.delaysMs, share) / SECOND
  return [
    atMost(`${DAYS} simulated days of 640 sites: false "down"`, score.falseDown.length, 0, ''),
    atMost('… outages of more than 2 intervals that were missed', score.missed.length, 0, ''),
    told('… of so many', score.outages, ''),
    told('… from outage to "down", median', seconds(0.5), 's'),
    told('… from outage to "down", p99', seconds(0.99), 's'),
    told('… shorter outages that were found too', score.shortFound, ''),
    told('… suspicions that healed', score.healed, ''),
    atMost('… line faults that were not noticed', score.lineFaults - score.lineSeen, 0, ''),
    told('… line faults', score.lineFaults, ''),
    told('… line incidents', score.lineIncidents, ''),
    atMost('… line incidents without a fault', score.lineFalse, 0, ''),
    told('… incidents of a platform', score.incidents, ''),
    atMost('… incidents without a common fault', score.incidentsFalse, 0, ''),
    told('… visits', score.visits, ''),
    told('… visits that count for nothing', score.excluded, ''),
    atMost('… misses of the line that were held against a site', score.wronglyCounted, 0, ''),
    told('… single misses', score.transient, ''),
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const began = performance.now()
  const figures = await benchWeek()
  say(`${((performance.now() - began) / SECOND).toFixed(0)} s`)
  console.log(table(figures))
  process.exitCode = figures.some(({ ok }) => ok === false) ? 1 : 0
}
