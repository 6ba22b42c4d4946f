import { expect, test } from 'vitest'
import { withoutPassword } from '../../../server/app/doctor/database.ts'
import { closedFolder, filesFinding, lookForBrowser } from '../../../server/app/doctor/machine.ts'
import { clockFinding } from '../../../server/app/doctor/network.ts'
import { parseConfig } from '../../../server/base/config.ts'

test('a clock is right to the second, and half a minute apart is a fault', () => {
  expect(clockFinding(1_900, 'x').level).toBe('ok')
  expect(clockFinding(-2_100, 'x').level).toBe('warning')
  expect(clockFinding(31_000, 'x')).toMatchObject({ level: 'fault', values: { whose: 'x', seconds: '31.0' } })
})

test('too few open files are said with how many there should be', () => {
  const limits = (soft: string) =>
    `Limit  Soft Limit  Hard Limit\nMax open files            ${soft}   1048576  files\n`
  expect(filesFinding(limits('512')).level).toBe('fault')
  expect(filesFinding(limits('1024'))).toMatchObject({ level: 'warning', values: { limit: '1024' } })
  expect(filesFinding(limits('unlimited')).level).toBe('ok')
  expect(filesFinding('')).toMatchObject({ level: 'ok', said: 'files.unknown' })
})

test('a folder that may not be written to keeps only the embedded database from working', () => {
  const said = (databaseUrl: string | undefined) => closedFolder({ databaseUrl }, { folder: '/data' })
  expect(said(undefined)).toMatchObject({ level: 'fault', said: 'disk.readOnly' })
  expect(said('postgres://db/siteward').level).toBe('warning')
})

test('the password of the database is not told', () => {
  expect(withoutPassword('postgres://siteward:secret@db/siteward')).toBe(
    'postgres://siteward:***@db/siteward',
  )
})

test('a browser that is not there, or does not start, is said with what follows from it', async () => {
  const found = (CHROMIUM_PATH: string) =>
    lookForBrowser({ config: parseConfig({ CHROMIUM_PATH }, []), webDir: '' })
  expect(await found('/nowhere/chromium')).toMatchObject([{ level: 'warning', said: 'browser.none' }])
  expect(await found('/bin/false')).toMatchObject([
    { level: 'warning', said: 'browser.broken', values: { path: '/bin/false' } },
  ])
})
