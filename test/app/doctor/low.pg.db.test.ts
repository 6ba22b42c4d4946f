import { expect, test } from 'vitest'
import { lookAtDatabase } from '../../../server/app/doctor/database.ts'
import { parseConfig } from '../../../server/base/config.ts'
import { NATION, startPostgres } from '../../support/databases/postgres-server.ts'

/** What the doctor calls low of a PostgreSQL with these settings. */
async function low(settings: readonly string[]) {
  const server = await startPostgres(settings)
  try {
    const config = parseConfig({ DATABASE_URL: server.url() }, [])
    const found = await lookAtDatabase({ config, webDir: '/nowhere' })
    return found.filter(({ said }) => said === 'database.low')
  } finally {
    await server.remove()
  }
}

test('who runs a PostgreSQL as it comes is told what a nation is measured with', async () => {
  expect(await low([])).toMatchObject([
    { level: 'warning', values: { setting: 'shared_buffers', here: '128MB', wanted: '512MB' } },
    { level: 'warning', values: { setting: 'max_wal_size', here: '1GB', wanted: '4GB' } },
  ])
})

test('who has set what a nation is measured with, or half of it, is told nothing', async () => {
  expect(await low(NATION)).toEqual([])
  expect(await low(['shared_buffers=256MB', 'max_wal_size=2GB'])).toEqual([])
})

test('a PostgreSQL that lets few in is told how many there should be', async () => {
  expect(await low([...NATION, 'max_connections=40'])).toMatchObject([
    { mend: 'mend.low', values: { setting: 'max_connections', here: '40', wanted: '200' } },
  ])
})
