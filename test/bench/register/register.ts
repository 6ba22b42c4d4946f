import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../../../server/base/db/connect.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { spellAll } from '../../../server/base/search/spell.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { CSV_MARK, csvLine } from '../../../shared/base/csv.ts'
import { startPostgres } from '../../support/databases/postgres-server.ts'
import { makePeople, PASSWORD } from '../../support/people.ts'
import { type Product, startProduct } from '../../support/product/product.ts'
import { treeFor } from '../../support/registers/guangzhou.ts'
import { sitesOf } from '../../support/registers/registers.ts'
import { officeWorkbook } from '../../support/registers/workbook.ts'
import { type Session, signIn } from '../../support/session.ts'
import { atMost, type Figure, percentile, told } from '../figure.ts'
import { memoryMb } from '../process.ts'

/** Rows of the file: more than the 84,094 sites that the first census counted in the nation. */
const ROWS = 100_000
/** One row in so many is wrong. */
const WRONG_EVERY = 100
const SITES = ROWS - ROWS / WRONG_EVERY
const HEADER = ['网站标识码', '网站名称', '首页网址', '区县', '主管单位']
const PROVINCE = '440000'
const ASKED = 60

/** The register of a nation on PostgreSQL: loaded by CSV, searched and filtered, loaded again by XLSX. */
export async function benchRegister(): Promise<Figure[]> {
  const lines = await linesOf(ROWS)
  const postgres = await startPostgres()
  try {
    const csv = await onProduct(postgres.url(), async (product, admin) => {
      const rest = memoryMb(product.pid).rss
      const file = Buffer.from(CSV_MARK + [HEADER, ...lines].map((line) => csvLine(line)).join(''))
      return load(product, admin, 'register.csv', file, rest)
    })
    const spelled = await spelling(postgres.url())
    const asked = await onProduct(postgres.url(), (_, admin) => ask(admin))
    const xlsx = await onProduct(postgres.url(), async (product, admin) => {
      const rest = memoryMb(product.pid).rss
      const file = officeWorkbook({ 网站: [HEADER, ...lines] })
      return load(product, admin, 'register.xlsx', file, rest)
    })
    return [...figuresOf('CSV', csv, 15), ...figuresOf('XLSX', xlsx, 25), spelled, ...asked]
  } finally {
    await postgres.remove()
  }
}

/** Rows of the counties of one province, every hundredth of them wrong: no code, or an address that is none. */
async function linesOf(count: number): Promise<string[][]> {
  const tree = await treeFor(PROVINCE)
  const counties = tree
    .parts(PROVINCE)
    .flatMap(({ code }) => tree.parts(code))
    .filter(({ code }) => code.length === 6)
  const each = Math.ceil(count / counties.length)
  const sites = counties.flatMap((county) => sitesOf(tree, county, each)).slice(0, count)
  return sites.map(({ code, name, url, unit }, at) => {
    if (at % WRONG_EVERY !== WRONG_EVERY - 1) return [code, name, url, '', unit]
    return at % (2 * WRONG_EVERY) === WRONG_EVERY - 1
      ? ['', name, url, '', unit]
      : [code, name, '无', '', unit]
  })
}

async function onProduct<T>(
  databaseUrl: string,
  work: (product: Product, admin: Session) => Promise<T>,
): Promise<T> {
  const connection = await connect({ databaseUrl, dataDir: '' })
  try {
    await migrate(connection.db)
    await ensureDivisions(connection.db)
    if (!(await connection.db.selectFrom('user_account').select('id').limit(1).executeTakeFirst())) {
      await makePeople(connection.db)
    }
  } finally {
    await connection.close()
  }
  // Nobody is visited: sites of a nation are no part of this.
  const product = await startProduct({
    env: { DATABASE_URL: databaseUrl, DEMO: 'off' },
    args: ['--role', 'web'],
  })
  try {
    await product.ready(120_000)
    return await work(product, await signIn(product.origin, 'admin', PASSWORD))
  } finally {
    await product.stop()
  }
}

interface Loaded {
  readonly seconds: number
  readonly aboveMb: number
  readonly wrong: number
  readonly loopMs: number
}

/** Loads a file and passes over its wrong rows; meanwhile somebody asks every 20 ms whether the program lives. */
async function load(
  product: Product,
  admin: Session,
  name: string,
  file: Buffer,
  restMb: number,
): Promise<Loaded> {
  let most = restMb
  const waits: number[] = []
  let isOver = false
  const watch = (async () => {
    while (!isOver) {
      const began = performance.now()
      await fetch(`${product.origin}/healthz`).then((answer) => answer.arrayBuffer())
      waits.push(performance.now() - began)
      most = Math.max(most, memoryMb(product.pid).rss)
      await pause(20)
    }
  })()
  const began = performance.now()
  const type = name.endsWith('csv')
    ? 'text/csv'
    : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const query = new URLSearchParams({ name, area: PROVINCE, skipBad: 'true' })
  const answer = await admin.fetch(`/api/imports?${query}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(file),
  })
  const report = (await answer.json()) as { counts?: { wrong: number }; detail?: string }
  const seconds = (performance.now() - began) / 1000
  isOver = true
  await watch
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${report.detail ?? ''}`)
  return {
    seconds,
    aboveMb: most - restMb,
    wrong: report.counts?.wrong ?? 0,
    loopMs: percentile(waits, 0.99),
  }
}

function figuresOf(kind: string, { seconds, aboveMb, wrong, loopMs }: Loaded, most: number): Figure[] {
  return [
    atMost(`import of ${ROWS} rows, 1 % wrong, ${kind}`, seconds, most, 's', 1),
    atMost('… memory above rest', aboveMb, 500, 'MB'),
    atMost('… somebody else waits for the program, p99', loopMs, 50, 'ms'),
    { ...told('… wrong rows named', wrong, 'rows'), target: `${ROWS / WRONG_EVERY} rows` },
  ]
}

/** Every name of it spelled, as the background does. */
async function spelling(databaseUrl: string): Promise<Figure> {
  const connection = await connect({ databaseUrl, dataDir: '' })
  try {
    const began = performance.now()
    const count = await spellAll(connection.db)
    return told(`${count} names are spelled in the background`, (performance.now() - began) / 1000, 's', 1)
  } finally {
    await connection.close()
  }
}

/** What people type and choose, each several times over. */
const QUESTIONS: Readonly<Record<string, readonly Record<string, string>[]>> = {
  'by name': [{ q: '人民政府' }, { q: '天河' }, { q: '第12局' }],
  'by code': [{ q: '440106' }, { q: '4401060012' }],
  'by pinyin, initials or whole': [{ q: 'tianhe' }, { q: 'thq' }, { q: 'zfmhwz' }],
  'by unit': [{ q: '天河区第3局' }, { q: '办事处' }],
  'filter by district and state': [{ district: '440100' }, { state: 'unknown' }],
}

async function ask(admin: Session): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, queries] of Object.entries(QUESTIONS)) {
    const took: number[] = []
    for (let n = 0; n < ASKED; n++) {
      const began = performance.now()
      const query = new URLSearchParams({ ...queries[n % queries.length], limit: '50' })
      const answer = await admin.fetch(`/api/sites?${query}`)
      const { total } = (await answer.json()) as { total?: number }
      took.push(performance.now() - began)
      if (!answer.ok || !total) throw new Error(`${name} ${query} found nothing: ${answer.status}`)
    }
    figures.push(atMost(`register of ${SITES} sites, ${name}, p95`, percentile(took, 0.95), 150, 'ms'))
  }
  return figures
}
