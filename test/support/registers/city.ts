import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { localDay } from '../../../shared/base/time.ts'
import { copyTemplate, embeddedTemplate } from '../databases/templates.ts'
import { type MadeSite, makeSite, makeUnit } from '../make.ts'
import { makePeople, type People } from '../people.ts'
import { page, startSites, type TestSites } from './sites.ts'

/** A small real city for the product as a process: sites on loopback, and a register that knows them. */
export interface TestCity {
  readonly sites: TestSites
  readonly labels: readonly string[]
  readonly people: People
  /** The register's rows, in the order of `labels`. */
  readonly rows: readonly MadeSite[]
  /** Environment with which the product may visit these sites, every five seconds. */
  readonly env: Record<string, string>
  close(): Promise<void>
}

/**
 * Starts `count` healthy sites and writes them, their people and a healthy past into the database.
 * @param platformOf what the site of an index is hosted on; each on a server of its own if not given.
 */
export async function buildCity(
  at: { databaseUrl: string | undefined; dataDir: string },
  count: number,
  platformOf: (index: number) => string | null = () => null,
): Promise<TestCity> {
  const sites = await startSites(page([localDay(Date.now())]))
  const labels = Array.from({ length: count }, (_, index) => `s${index + 1}`)
  if (!at.databaseUrl) copyTemplate(await embeddedTemplate(), at.dataDir)
  const connection = await connect(at)
  try {
    await migrate(connection.db)
    await ensureDivisions(connection.db)
    const people = await makePeople(connection.db)
    const rows = await register(connection.db, sites, labels, platformOf)
    const env = {
      DEMO: 'off',
      VISIT_INTERVAL: '5',
      ALLOW_ADDRESSES: '127.0.0.0/8',
      HOSTS: labels.map((label) => `${label}.localhost=127.0.0.1`).join(','),
    }
    return { sites, labels, people, rows, env, close: sites.close }
  } finally {
    await connection.close()
  }
}

async function register(
  db: Db,
  sites: TestSites,
  labels: readonly string[],
  platformOf: (index: number) => string | null,
): Promise<MadeSite[]> {
  const unit = await makeUnit(db, { name: '天河区政务服务中心' })
  const rows: MadeSite[] = []
  for (const [index, label] of labels.entries()) {
    const now = new Date()
    // Due one after the other over the first interval, as in a city that has been watched for long.
    const next_visit_at = new Date(now.getTime() + (index * 5_000) / labels.length)
    rows.push(
      await makeSite(
        db,
        { url: sites.url(label), unit_id: unit.id, platform: platformOf(index) },
        { next_visit_at, newest: null },
        now,
      ),
    )
  }
  return rows
}

/** Opens the database of a running product, from outside. */
export async function withDatabase<T>(databaseUrl: string, ask: (db: Db) => Promise<T>): Promise<T> {
  const connection = await connect({ databaseUrl, dataDir: '' })
  try {
    return await ask(connection.db)
  } finally {
    await connection.close()
  }
}

/** Numbers of all facts, in order. */
export async function factNumbers(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('fact').select('seq').orderBy('seq').execute()
  return rows.map((row) => row.seq)
}

/** 1 to n. */
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1)
