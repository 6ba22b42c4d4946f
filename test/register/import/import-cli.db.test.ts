import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../../../server/app/import.ts'
import { connect } from '../../../server/base/db/connect.ts'
import { databaseKind, type PreparedDatabase, prepareDatabase } from '../../support/database.ts'
import { patient } from '../../support/run/patience.ts'

const folder = mkdtempSync(join(tmpdir(), 'siteward-register-'))
let database: PreparedDatabase
let printed: string[]
beforeAll(async () => {
  database = await prepareDatabase()
  vi.stubEnv('DATABASE_URL', database.databaseUrl ?? '')
  vi.stubEnv('DATA_DIR', database.dataDir)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await database.drop()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  printed = []
  const keep = (text: string | Uint8Array) => printed.push(String(text).trimEnd()) > 0
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  return () => vi.restoreAllMocks()
})

const USAGE =
  'Usage: npm run import -- sites.csv|sites.xlsx [--skip-bad] [--dry-run] [--area CODE] [--answer KEY=ANSWER …]'
const HEADER = '网站标识码,网站名称,首页网址,区县,主管单位'
const good = (number: number) =>
  `44010600${number},天河区第${number}局,http://${number}.gov.cn/,天河区,第${number}局`
function save(name: string, ...lines: string[]): string {
  const file = join(folder, name)
  writeFileSync(file, iconv.encode([HEADER, ...lines].join('\r\n'), 'gbk'))
  return file
}
const sites = async () => {
  const { db, close } = await connect(database)
  const rows = await db.selectFrom('site').select('code').orderBy('code').execute()
  await close()
  return rows.map(({ code }) => code)
}

describe('npm run import', () => {
  it('loads nothing while a row is bad, and says which and why', async () => {
    const file = save('bad.csv', good(11), good(12), '440106,某局,http://a.gov.cn/,天河区,某局', good(11))
    expect(await main([file])).toBe(1)
    expect(printed).toEqual([
      'line 4: 网站标识码 / code: "440106" is not 10 digits, nor bm and 8 digits',
      'line 5: 网站标识码 / code: 4401060011 is on line 2 already',
      'Nothing was loaded: 2 rows are good, 2 are bad.',
      'With --skip-bad the good rows are loaded alone.',
    ])
    expect(await sites()).toEqual([])
  })

  it('loads the good rows when told to skip the bad, and shows the first administrator once', async () => {
    const file = save('bad.csv', good(11), good(12), '440106,某局,http://a.gov.cn/,天河区,某局')
    expect(await main([file, '--skip-bad'])).toBe(0)
    expect(printed).toContain('2 sites added, 0 changed, 0 unchanged, 1 bad rows skipped.')
    expect(printed.at(-1)).toMatch(/^First sign-in: user admin, password \S+ /)
    expect(await sites()).toEqual(['4401060011', '4401060012'])
  })

  it('changes nothing the second time', async () => {
    expect(await main([save('again.csv', good(11), good(12))])).toBe(0)
    expect(printed).toEqual(['0 sites added, 0 changed, 2 unchanged, 0 bad rows skipped.'])
  })

  it('names the units that a file leaves without sites, and where those go', async () => {
    const file = save('renamed.csv', good(11).replace(/第11局$/, '新局'), good(12))
    expect(await main([file, '--dry-run'])).toBe(0)
    expect(printed).toEqual([
      '! 第11局 (天河区) has no sites after this: 1 to 新局 (天河区)',
      expect.stringMatching(/until it is merged/),
    ])
  })

  it('closes a site that a file lacks, and opens it again when a later one has it, as it is answered', {
    timeout: patient(120_000),
  }, async () => {
    const paused = async () => {
      const { db, close } = await connect(database)
      const rows = await db.selectFrom('site').select('code').where('pause_reason', 'is not', null).execute()
      await close()
      return rows.map(({ code }) => code)
    }
    expect(await main([save('fewer.csv', good(11)), '--answer', 'missing=closed'])).toBe(0)
    expect(await paused()).toEqual(['4401060012'])
    const both = save('both.csv', good(11), good(12))
    expect(await main([both, '--answer', 'reappeared:4401060012=reopened'])).toBe(0)
    expect(await paused()).toEqual([])
    printed.length = 0
    expect(await main([both])).toBe(0)
    expect(printed).toEqual(['0 sites added, 0 changed, 2 unchanged, 0 bad rows skipped.'])
    // The embedded database is started for each of these.
  })

  it('prints the first fifty of many bad rows', async () => {
    const file = save('worse.csv', ...Array.from({ length: 60 }, () => 'x,y,z,天河区,w'))
    expect(await main([file, '--skip-bad'])).toBe(1)
    expect(printed.slice(49)).toEqual([
      expect.stringMatching(/^line 51: /),
      'and 10 more',
      'Nothing was loaded: 0 rows are good, 60 are bad.',
    ])
  })

  it('explains how it is called, and which file it cannot find', async () => {
    expect(await main([])).toBe(2)
    expect(await main(['--help'])).toBe(2)
    expect(await main([join(folder, 'none.csv')])).toBe(2)
    expect(await main([folder])).toBe(2)
    expect(printed.map((line) => line.replaceAll(folder, ''))).toEqual([
      USAGE,
      USAGE,
      'There is no file /none.csv.',
      expect.stringMatching(/cannot be read/),
    ])
  })

  it.runIf(databaseKind === 'embedded')('beside a running server says what to do', async () => {
    const server = await connect(database)
    expect(await main([save('more.csv', good(13))])).toBe(2)
    await server.close()
    expect(printed[0]).toMatch(/in use by process \d+\. Stop it first\. .*with DATABASE_URL/)
  })

  it.runIf(databaseKind === 'postgres')('works beside a running server', async () => {
    const server = await connect(database)
    expect(await main([save('more.csv', good(13))])).toBe(0)
    await server.close()
    expect(await sites()).toContain('4401060013')
  })
})
