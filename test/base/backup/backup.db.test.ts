import { mkdtempSync, readdirSync, renameSync, rmSync, truncateSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dump } from '../../../server/base/backup/dump.ts'
import { load } from '../../../server/base/backup/load.ts'
import { checkBackup } from '../../../server/base/backup/read-file.ts'
import { embeddedSession } from '../../../server/base/backup/session.ts'
import { openSource, type Place } from '../../../server/base/backup/source.ts'
import { restore } from '../../../server/base/backup/target.ts'
import { BackupFile } from '../../../server/base/backup/write-file.ts'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { embeddedFolder, restoredFolder } from '../../../server/base/db/embedded/restored.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { startTestApp } from '../../support/app.ts'
import { databaseKind, type PreparedDatabase, prepareDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { addVisits, spaced } from '../../support/visits/visits.ts'

const NOW = Date.parse('2026-03-10T02:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'siteward-backup-'))
const file = join(folder, 'city.backup')
const databases: PreparedDatabase[] = []
let source: PreparedDatabase

/** A database with the schema and nothing else in it. */
async function another(): Promise<PreparedDatabase> {
  const made = await prepareDatabase()
  databases.push(made)
  return made
}

async function backUp(place: Place, to: string) {
  const open = await openSource(place)
  return dump(open.client, to).finally(() => open.close())
}

async function within<T>(place: Place, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = await connect(place)
  return work(db).finally(close)
}

/** All that a backup holds but the first line, which says when it was made; tables in their order. */
const contentOf = async (path: string) => {
  const text = gunzipSync(await readFile(path)).toString()
  return text
    .slice(text.indexOf('\n'))
    .split('\n')
    .sort()
    .filter((line) => !line.startsWith('{"end"'))
}

/** What the whole database holds, as a backup of it does. */
async function everythingIn(place: Place): Promise<string[]> {
  const path = join(folder, `of-${Math.random()}`)
  await backUp(place, path)
  return contentOf(path)
}

beforeAll(async () => {
  source = await another()
  const alertId = await within(source, async (db) => {
    await makePeople(db)
    const site = await makeSite(db, { name: '带\t制表、换\n行和 \\. 的名称' })
    await addVisits(db, site.id, spaced(NOW, HOUR, 50))
    const bytes = Buffer.from([0, 10, 92, 46, 10, 255])
    await db
      .insertInto('file_content')
      .values({ hash: 'a'.repeat(64), size: bytes.length, bytes })
      .execute()
    return (await makeAlert(db, { site })).id
  })
  const { stop, signIn } = await startTestApp({ database: { ...source, drop: async () => {} } })
  const duty = await signIn('duty')
  await duty.call('commentAlert', { params: { id: alertId }, body: { text: '已联系' } })
  // While the product runs, by hand: a service has another folder for what is temporary.
  vi.stubEnv('TMPDIR', folder)
  await backUp(source, file)
  vi.unstubAllEnvs()
  await stop()
})
afterAll(async () => {
  for (const database of databases) await database.drop()
  rmSync(folder, { recursive: true })
})

test('a backup that cannot be read back whole never bears the name of one, and nothing of it is left', async () => {
  const path = join(folder, 'bad-disk')
  const finish = BackupFile.prototype.finish
  const ending = vi.spyOn(BackupFile.prototype, 'finish').mockImplementation(function (
    this: BackupFile,
    check,
  ) {
    return finish.call(this, async (partial) => {
      truncateSync(partial, 100)
      expect(readdirSync(folder)).not.toContain('bad-disk')
      await check?.(partial)
    })
  })
  await expect(backUp(source, path)).rejects.toMatchObject({ word: 'cutOff' })
  ending.mockRestore()
  expect(readdirSync(folder).filter((name) => name.startsWith('bad-disk'))).toEqual([])
})

/** A database with other people in it. */
async function target(): Promise<PreparedDatabase> {
  const made = await another()
  await within(made, (db) => makePeople(db))
  return made
}

test('what is restored is what was backed up while the product ran, row by row, and work goes on from there', async () => {
  const place = await target()
  await expect(restore(place, file, false)).rejects.toMatchObject({ word: 'notEmpty' })
  await within(place, async (db) => {
    await db.selectFrom('user_account').select('id').execute()
    await expect(restore(place, file, true)).rejects.toThrow(/^running$|in use by process/)
  })
  const { before, rows } = await restore(place, file, true)
  expect(rows).toBeGreaterThan(50)
  expect(before === null).toBe(place.databaseUrl !== undefined)
  expect(await everythingIn(place)).toEqual(await contentOf(file))
  await within(place, async (db) => {
    const { last, told } = await db
      .selectFrom('fact')
      .select(({ fn }) => [fn.max('seq').as('last'), fn.countAll<number>().as('told')])
      .executeTakeFirstOrThrow()
    const { seq } = await db.selectFrom('fact_counter').select('seq').executeTakeFirstOrThrow()
    expect(seq).toBeGreaterThan(0)
    expect([last, told]).toEqual([seq, seq])
    // Numbers go on from where they were, and what keeps order is back.
    const { id } = await db.selectFrom('site').select('id').executeTakeFirstOrThrow()
    expect((await makeSite(db)).id).toBeGreaterThan(id)
    await expect(db.deleteFrom('audit').execute()).rejects.toThrow('audit')
    await expect(db.deleteFrom('user_account').execute()).rejects.toThrow('foreign key')
  })
})

test('a restore that fails in the middle leaves the database as it was', async () => {
  const place = await target()
  const before = await everythingIn(place)
  const { head } = await checkBackup(file)
  const path = join(folder, 'wrong-row')
  const made = new BackupFile(path)
  await made.head(head)
  await made.table('user_account')
  await made.write('not a row of this table\n')
  await made.tableEnd(1)
  await made.finish()
  await expect(restore(place, path, true)).rejects.toThrow('not a row of this table')
  expect(await everythingIn(place)).toEqual(before)
})

test.runIf(databaseKind === 'embedded')(
  'an embedded database that was restored whole, but not yet put in its place, is the one that opens',
  async () => {
    const place = await target()
    const before = await everythingIn(place)
    renameSync(embeddedFolder(place.dataDir), restoredFolder(place.dataDir))
    expect(await everythingIn(place)).toEqual(before)
  },
)

test.runIf(databaseKind === 'embedded')(
  "neither backup nor restore touches another user's embedded database; they name its owner",
  async () => {
    const { dataDir, databaseUrl } = await another()
    const there = readdirSync(dataDir)
    const { uid, username } = userInfo()
    const asked = vi.spyOn(process as Required<NodeJS.Process>, 'getuid').mockReturnValue(uid + 12_345)
    const refusal = { word: 'otherOwner', values: { owner: username } }
    await expect(openSource({ dataDir, databaseUrl })).rejects.toMatchObject(refusal)
    await expect(restore({ dataDir, databaseUrl }, file, true)).rejects.toMatchObject(refusal)
    asked.mockRestore()
    expect(readdirSync(dataDir)).toEqual(there)
  },
)

test.runIf(databaseKind === 'postgres')(
  'a backup of an older program is brought to this version',
  async () => {
    const { head } = await checkBackup(file)
    const migrations = head.migrations.slice(0, head.migrations.indexOf('0061_merges') + 1)
    const path = join(folder, 'older')
    const made = new BackupFile(path)
    await made.head({ ...head, migrations, tables: [], partitions: [], sequences: [] })
    await made.finish()
    const place = await target()
    const { applied } = await restore(place, path, true)
    expect(applied).toEqual(head.migrations.slice(migrations.length))
  },
)

test('where the tables cannot be looked through afterwards, that is said, and the restored database stands', async () => {
  const session = await embeddedSession(join(folder, 'unanalyzed'))
  const exec = async (text: string) => {
    await session.exec(text)
    if (text === 'analyze') throw new Error('canceling statement due to statement timeout')
  }
  const { unanalyzed } = await load({ ...session, exec }, file)
  expect(unanalyzed).toBe('canceling statement due to statement timeout')
  const { rows } = await session.query<{ statement_timeout: string }>('show statement_timeout')
  expect(rows).toEqual([{ statement_timeout: '0' }])
  expect((await session.query('select id from site')).rows).toHaveLength(1)
  await session.close()
})
