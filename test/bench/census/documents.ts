import { monitorEventLoopDelay } from 'node:perf_hooks'
import { sql } from 'kysely'
import { connect } from '../../../server/base/db/connect.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { aboutOf } from '../../../server/census/documents/about.ts'
import { makeWaiting } from '../../../server/census/documents/making.ts'
import { paperOf } from '../../../server/census/documents/paper/paper.ts'
import { workbookOf } from '../../../server/census/documents/paper/xlsx.ts'
import { partsOf } from '../../../server/census/documents/queries.ts'
import { makeDocument, requireMade } from '../../../server/census/documents/service.ts'
import { writeDocument } from '../../../server/census/documents/templates/service.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { testContext } from '../../support/context.ts'
import { startPostgres } from '../../support/databases/postgres-server.ts'
import { makeSite, makeUnit } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { atMost, type Figure } from '../figure.ts'

const [CITY, NATION] = [640, 84_094]
const MB = 2 ** 20

interface Taken {
  readonly ms: number
  /** How late the loop was, p99 in ms, and how much more memory the process had at most. */
  readonly lateMs: number
  readonly moreMb: number
}

/** What some work takes of this process. */
async function taken(work: () => Promise<unknown>): Promise<Taken> {
  const before = process.memoryUsage.rss()
  let most = before
  const looking = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 50)
  const late = monitorEventLoopDelay({ resolution: 5 })
  late.enable()
  const began = performance.now()
  await work()
  const ms = performance.now() - began
  late.disable()
  clearInterval(looking)
  return { ms, lateMs: late.percentile(99) / 1e6, moreMb: (most - before) / MB }
}

/** Documents of a city of 640 sites, and the register of a nation as a workbook, on a real PostgreSQL. */
export async function benchDocuments(): Promise<Figure[]> {
  const server = await startPostgres()
  const connection = await connect({ databaseUrl: server.url(), dataDir: '' })
  try {
    const { db } = connection
    await migrate(db)
    await ensureDivisions(db)
    const { duty } = await makePeople(db)
    const ctx = testContext({ db })
    const jobs = { send: async () => {} }
    for (let n = 0; n < CITY; n++) await makeSite(db)
    let id = 0
    const made = await taken(async () => {
      id = (await makeDocument(ctx, jobs, duty, { kind: 'deep-report' })).id
    })
    const read = async () => {
      const { row, data } = await requireMade(db, duty, id)
      return { row, data, paper: paperOf(data, aboutOf(ctx, row), 'zh') }
    }
    const workbook = async () => {
      const { data, paper } = await read()
      for await (const piece of workbookOf(data, paper, 'zh', () => partsOf(db, id))) if (!piece) return
    }
    const docx = await taken(async () => writeDocument(db, 'deep-report', (await read()).paper, 'zh'))
    const xlsx = await taken(workbook)
    const unit = await makeUnit(db)
    await sql`insert into site (code, name, url, level, district, unit_id, created_at)
      select lpad(n::text, 10, '0'), '某县某镇人民政府 ' || n, 'http://site-' || n || '.example/', 'town', '440106', ${unit.id}, now()
      from generate_series(1, ${sql.lit(NATION - CITY)}) n`.execute(db)
    id = (await makeDocument(ctx, jobs, duty, { kind: 'register' })).id
    const nation = await taken(async () => {
      await makeWaiting(ctx, id)
      await workbook()
    })
    return [
      atMost('city report of 640 sites: made', made.ms / 1000, 5, 's', 1),
      atMost('… as .docx', docx.ms / 1000, 5, 's', 1),
      atMost('… as .xlsx', xlsx.ms / 1000, 5, 's', 1),
      atMost('… the loop meanwhile, p99', Math.max(made.lateMs, docx.lateMs, xlsx.lateMs), 50, 'ms'),
      atMost('… memory above rest', Math.max(made.moreMb, docx.moreMb, xlsx.moreMb), 150, 'MB'),
      atMost(`register of ${NATION} sites, made and as .xlsx`, nation.ms / 1000, 30, 's', 1),
      atMost('… memory above rest', nation.moreMb, 300, 'MB'),
    ]
  } finally {
    await connection.close()
    await server.remove()
  }
}
