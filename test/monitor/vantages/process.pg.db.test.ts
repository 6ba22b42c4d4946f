import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { makeSite } from '../../support/make.ts'
import { startSites, type TestSites } from '../../support/registers/sites.ts'
import { until } from '../../support/until.ts'

let app: TestApp
let sites: TestSites
beforeAll(async () => {
  sites = await startSites()
  app = await startTestApp({
    args: ['--role', 'monitor'],
    env: {
      VANTAGE: '电信',
      VANTAGE_REGION: '上海',
      ALLOW_ADDRESSES: '127.0.0.0/8',
      HOSTS: '*.localhost=127.0.0.1',
    },
  })
})
afterAll(async () => {
  await app?.stop()
  await sites?.close()
})

it('a monitor that looks from another place is ready, looks, tells its metrics, and visits and judges nothing', async () => {
  const { db } = app.context
  const site = await makeSite(db, { url: sites.url('a') })
  const { id } = await db.selectFrom('vantage').select('id').executeTakeFirstOrThrow()
  const turn = { site_id: site.id, vantage_id: id, next_at: new Date(app.clock.now()) }
  await db.insertInto('vantage_look').values(turn).execute()
  const seen = await until('the site was looked at', async () =>
    (
      await db
        .selectFrom('vantage_look')
        .innerJoin('vantage', 'vantage.id', 'vantage_id')
        .select(['name', 'region', 'outcome'])
        .where('site_id', '=', site.id)
        .execute()
    ).find(({ outcome }) => outcome !== null),
  )
  expect(seen).toEqual({ name: '电信', region: '上海', outcome: 'ok' })
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
  const metrics = await (await fetch(`${app.url}/metrics`)).text()
  expect(metrics).toContain('siteward_vantage_looks_total{vantage="电信",outcome="ok"} 1')
  const visits = await db.selectFrom('visit').select('site_id').where('site_id', '=', site.id).execute()
  expect(visits).toEqual([])
})
