import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '../../server/base/db/connect.ts'
import { atMost, type Figure, told } from '../bench/figure.ts'
import { killEmbedded } from '../support/databases/embedded.ts'
import { KEEPS, type PostgresServer, startPostgres } from '../support/databases/postgres-server.ts'
import { Cuts, processesLeft } from '../support/product/cuts.ts'
import { type Product, stopProducts, temporaryFolder } from '../support/product/product.ts'
import { buildCity } from '../support/registers/city.ts'
import type { HostileOptions } from './part.ts'

const FULL = 25
const SITES = 60

const DATABASES = ['postgres', 'embedded'] as const
type DatabaseName = (typeof DATABASES)[number]

/** Kills in the middle of writing, by turns of the product alone and together with its database. */
export async function kills({ count = FULL, database, say }: HostileOptions): Promise<Figure[]> {
  const names = DATABASES.filter((name) => database === undefined || name === database)
  if (names.length === 0) throw new RangeError(`no database is called ${database}`)
  const figures: Figure[] = []
  for (const name of names) figures.push(...(await killsOn(name, count, (text) => say(`${name}, ${text}`))))
  return figures
}

async function killsOn(name: DatabaseName, count: number, say: (text: string) => void): Promise<Figure[]> {
  const postgres = name === 'postgres' ? await startPostgres([KEEPS]) : undefined
  try {
    return await killsAt(name, postgres, count, say)
  } finally {
    await stopProducts()
    await postgres?.remove()
  }
}

async function killsAt(
  name: DatabaseName,
  postgres: PostgresServer | undefined,
  count: number,
  say: (text: string) => void,
): Promise<Figure[]> {
  const [dataDir, temporary] = [temporaryFolder(), join(temporaryFolder(), 'tmp')]
  mkdirSync(temporary)
  const at = { databaseUrl: postgres?.url(), dataDir }
  const city = await buildCity(at, SITES)
  const env = { TMPDIR: temporary, ...(postgres && { DATABASE_URL: postgres.url() }) }
  const cuts = new Cuts({ city, dataDir, env })
  try {
    let processes = 0
    let folders = 0
    for (let round = 1; round <= count; round++) {
      const isAll = round % 2 === 1
      await cuts.round((product) => (isAll ? cutAll(product, postgres) : product.kill()))
      processes += (await processesLeft(dataDir)).length
      folders = Math.max(folders, readdirSync(temporary).length)
      if (isAll) await postgres?.start()
      say(`${round} of ${count} kills`)
    }
    await startAndStop(cuts)
    const left = { processes: processes + (await processesLeft(dataDir)).length, temporary, folders }
    return await figuresOf(`${count} kills on ${name}`, cuts, at, left)
  } finally {
    await city.close()
  }
}

/** What a power cut does: product and database are gone at once. */
async function cutAll(product: Product, postgres: PostgresServer | undefined): Promise<void> {
  if (postgres) await Promise.all([postgres.stop('immediate'), product.kill()])
  else {
    killEmbedded(product.dataDir)
    await product.kill()
  }
}

async function startAndStop(cuts: Cuts): Promise<void> {
  const product = await cuts.start()
  await product.ready()
  await product.stop()
}

async function figuresOf(
  name: string,
  cuts: Cuts,
  at: { databaseUrl: string | undefined; dataDir: string },
  left: { processes: number; temporary: string; folders: number },
): Promise<Figure[]> {
  const folders = readdirSync(left.temporary).length
  const connection = await connect(at)
  try {
    const { facts, gaps, untrueFacts, acknowledged, lost } = await cuts.reckon(connection.db)
    return [
      told(`${name}: changes acknowledged`, acknowledged, ''),
      atMost('… of these lost', lost, 0, ''),
      told('… facts in the log', facts, ''),
      atMost('… numbers missing or twice', gaps, 0, ''),
      atMost('… facts told that are not stored so', untrueFacts, 0, ''),
      atMost('… gaps and repetitions that a browser saw', cuts.complaints.length, 0, ''),
      atMost('… processes left', left.processes, 0, ''),
      atMost('… temporary folders left, after a start and an orderly end', folders, 0, ''),
      told('… the most of them after a kill, before the next start', left.folders, ''),
    ]
  } finally {
    await connection.close()
  }
}
