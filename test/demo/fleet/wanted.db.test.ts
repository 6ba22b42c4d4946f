import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseConfig } from '../../../server/base/config.ts'
import { ConfigError } from '../../../server/base/config-error.ts'
import { isDemoWanted } from '../../../server/demo/demo.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const wanted = (demo: string, role = 'all') =>
  isDemoWanted(
    parseConfig({ DEMO: demo, DATABASE_URL: 'postgres://db/siteward' }, ['--role', role]),
    fresh.db,
  )

it('the demo runs where nothing real is; whoever insists on it is told why it cannot', async () => {
  expect([await wanted('auto'), await wanted('on'), await wanted('off')]).toEqual([true, true, false])
  expect(await wanted('auto', 'web')).toBe(false)
  await expect(wanted('on', 'web')).rejects.toThrow(ConfigError)
  await makeSite(fresh.db, { demo: false })
  expect([await wanted('auto'), await wanted('off')]).toEqual([false, false])
  await expect(wanted('on')).rejects.toThrow('real sites')
})
