import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { userInfo } from 'node:os'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { examine } from '../../../server/app/doctor/doctor.ts'
import { CHECKS, doctorWords, type Finding } from '../../../server/app/doctor/finding.ts'
import { parseConfig } from '../../../server/base/config.ts'
import { connect } from '../../../server/base/db/connect.ts'
import { databaseKind, type PreparedDatabase, prepareDatabase } from '../../support/database.ts'

let database: PreparedDatabase
/** A web server on the machine, as the reference target and as somebody else's program. */
let other: Server
let port: number

beforeAll(async () => {
  database = await prepareDatabase()
  other = createServer((_req, res) => res.end('{}'))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  port = (other.address() as AddressInfo).port
})
afterAll(async () => {
  other.close()
  await database.drop()
})

async function found(env: Record<string, string | undefined> = {}): Promise<Map<string, Finding>> {
  const config = parseConfig(
    {
      PORT: '0',
      DATA_DIR: database.dataDir,
      DATABASE_URL: database.databaseUrl,
      REFERENCE_TARGETS: `http://127.0.0.1:${port}/`,
      ALLOW_ADDRESSES: '127.0.0.0/8',
      ...env,
    },
    [],
  )
  const all = await examine({ config, webDir: '/nowhere' })
  // Each can be said in both languages.
  for (const { said, mend, values } of all) {
    for (const language of ['zh', 'en'] as const) {
      const say = doctorWords(language)
      expect(`${say(said, values)}${mend ? say(mend, values) : ''}`).not.toMatch(/\{\w+\}/)
    }
  }
  // The first of each: a machine under load may be slow besides.
  return new Map(all.toReversed().map((finding) => [finding.check, finding]))
}

test('it looks at all there is, and finds database, version and line in order', async () => {
  const findings = await found()
  const without = databaseKind === 'embedded' ? ['rights'] : []
  expect([...findings.keys()].toReversed()).toEqual(CHECKS.filter((check) => !without.includes(check)))
  // The database of the tests waits for no disk, and says so.
  const said = findings.get('database')?.said
  expect(said).toBe(databaseKind === 'embedded' ? 'database.embedded' : 'database.unsafe')
  expect(said && doctorWords('en')(said)).toContain('power cut')
  for (const check of ['migrations', 'line', 'dns', 'node', 'port']) {
    expect(findings.get(check), check).toMatchObject({ level: 'ok' })
  }
  expect(findings.get('pages')).toMatchObject({ level: 'fault', said: 'pages.missing' })
})

test.runIf(databaseKind === 'postgres')(
  'a standby, or a database that is read only, is a fault: nothing could be stored',
  async () => {
    const closed = `${database.databaseUrl}?options=-c%20default_transaction_read_only%3Don`
    expect((await found({ DATABASE_URL: closed })).get('database')).toMatchObject({
      level: 'fault',
      said: 'database.closed',
    })
  },
)

test('a name that only browsers know is no fault of the line, and a fixed address needs no name server', async () => {
  const findings = await found({
    PUBLIC_ORIGIN: 'https://siteward.only-browsers.invalid',
    REFERENCE_TARGETS: `http://a.inner.invalid:${port}/`,
    HOSTS: '*.inner.invalid=127.0.0.1',
  })
  expect(findings.get('line')).toMatchObject({ level: 'ok' })
  expect(findings.get('dns')).toMatchObject({
    level: 'warning',
    values: { names: 'siteward.only-browsers.invalid' },
  })
})

test('a page that was kept on the way does not make the clock wrong', async () => {
  const cache = createServer((_req, res) => {
    res
      .setHeader('date', new Date(Date.now() - 3_600_000).toUTCString())
      .setHeader('age', '3600')
      .end()
  })
  await new Promise<void>((resolve) => cache.listen(0, '127.0.0.1', resolve))
  try {
    const url = `http://127.0.0.1:${(cache.address() as AddressInfo).port}/`
    const clock = (
      await examine({
        config: parseConfig({ REFERENCE_TARGETS: url, DATA_DIR: database.dataDir, RENDER: 'off' }, []),
        webDir: '',
      })
    ).filter(({ check, values }) => check === 'clock' && values?.whose === '127.0.0.1')
    expect(clock).toMatchObject([{ level: 'ok' }])
  } finally {
    cache.close()
  }
})

test('a database of which a newer program took something away is a fault, one that is behind is brought up at the start', async () => {
  const { db, close } = await connect(database)
  const migrations = db.withTables<{ kysely_migration: { name: string; timestamp: string } }>()
  const later = { name: '9998_later', timestamp: '' }
  await migrations.insertInto('kysely_migration').values(later).execute()
  expect((await found()).get('migrations')).toMatchObject({
    level: 'warning',
    values: { names: '9998_later' },
  })
  await migrations
    .insertInto('kysely_migration')
    .values({ ...later, name: '9999_less_since_9998' })
    .execute()
  expect((await found()).get('migrations')).toMatchObject({ level: 'fault', said: 'migrations.newer' })
  await migrations
    .deleteFrom('kysely_migration')
    .where('name', 'in', ['9998_later', '9999_less_since_9998', '0101_consolidation'])
    .execute()
  expect((await found()).get('migrations')).toMatchObject({ level: 'warning', said: 'migrations.pending' })
  await close()
})

test('a database that is away is a fault, and everything else is looked at all the same', async () => {
  const findings = await found({ DATABASE_URL: 'postgres://siteward:secret@127.0.0.1:1/siteward' })
  expect(findings.get('database')).toMatchObject({ level: 'fault', said: 'database.away' })
  expect(JSON.stringify([...findings])).not.toContain('secret')
  expect(findings.get('line')).toMatchObject({ level: 'ok' })
  expect(findings.get('disk')).toBeDefined()
})

test('a line on which nobody answers, and a port that another program has, are faults', async () => {
  const findings = await found({ REFERENCE_TARGETS: 'http://127.0.0.1:1/', PORT: String(port) })
  expect(findings.get('line')).toMatchObject({ level: 'fault', said: 'line.lost' })
  expect(findings.get('port')).toMatchObject({ level: 'fault', said: 'port.taken' })
})

test('settings that do not go together are said', async () => {
  expect((await found({ TRUST_PROXY: '1' })).get('settings')).toMatchObject({ said: 'settings.noOrigin' })
  expect((await found({ HOST: '0.0.0.0' })).get('settings')).toMatchObject({ said: 'settings.open' })
})

test.runIf(databaseKind === 'embedded')(
  "another user's embedded database is not opened; whoever should look is named",
  async () => {
    const { uid, username } = userInfo()
    const asked = vi.spyOn(process as Required<NodeJS.Process>, 'getuid').mockReturnValue(uid + 12_345)
    const findings = await found()
    asked.mockRestore()
    expect(findings.get('database')).toMatchObject({
      level: 'fault',
      said: 'database.otherOwner',
      values: { owner: username },
    })
    expect(findings.get('migrations')).toBeUndefined()
  },
)
