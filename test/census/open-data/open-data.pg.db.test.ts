import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { daysToPublish, dropOld, publishDay } from '../../../server/census/open-data/publish.ts'
import { publishedDays } from '../../../server/census/open-data/queries.ts'
import { announceRenderer } from '../../../server/monitor/rendering/queries.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { addDays, DAY, HOUR, localDay, MINUTE } from '../../../shared/base/time.ts'
import { OPEN_FILES, publicUrl } from '../../../shared/census/open-data/open-data-rules.ts'
import type { Settings } from '../../../shared/people/settings/settings.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { visitOf } from '../../support/visits/visited.ts'

let app: TestApp
let sites: MadeSite[]
let today: string
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  const people = await makePeople(connection.db)
  sites = [
    await makeSite(connection.db, {
      url: 'http://www.open.gov.cn/',
      name: '=HYPERLINK("x")局',
      unit_id: people.unitId,
    }),
    await makeSite(connection.db, { url: 'http://10.1.2.3:8080/', unit_id: people.unitId }),
  ]
  await connection.close()
  app = await startTestApp({ database })
  today = localDay(app.clock.now())
  for (const cause of [undefined, 'http_5xx', 'http_5xx', 'http_5xx', undefined] as const) {
    for (const site of sites) await recordVisits(app.context, [visitOf(site, app.clock.now(), cause)])
    app.clock.advance(MINUTE)
  }
  app.clock.advance(DAY)
})
afterAll(() => app.stop())
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${app.url}${path}`, { headers })

async function set(given: Partial<Settings>) {
  const admin = await app.signIn('admin')
  const now = await (await admin.fetch('/api/settings')).json()
  return admin.fetch('/api/settings', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify({ version: now.version, settings: { ...now.settings, ...given } }),
  })
}

describe('what the city publishes by night', () => {
  test('is nothing, unless the office says so', async () => {
    expect((await get('/public/data')).status).toBe(404)
    expect((await get('/public/data/latest/sites.csv')).status).toBe(404)
    expect((await set({ openData: true })).status).toBe(200)
    expect(await (await get('/public/data')).text()).toContain('还没有发布过')
  })

  test('is each day that is over, with its dictionary, without a number or an inner name', async () => {
    expect(await daysToPublish(app.context.db, app.clock.now())).toEqual([today])
    expect(await publishDay(app.context, today, false)).toBe(true)
    app.clock.advance(HOUR)
    const page = await (await get('/public/data?lang=zh')).text()
    for (const file of OPEN_FILES) expect(page).toContain(`/public/data/${today}/${file}`)
    expect(page).not.toContain('<script')
    const csv = await (await get('/public/data/latest/sites.csv')).text()
    expect(csv).toContain('http://www.open.gov.cn/')
    expect(csv).not.toMatch(/10\.1\.2\.3|8080/)
    expect(csv, 'nothing that a spreadsheet would run').not.toMatch(/(?:^|,)"?=HYPERLINK/m)
    const data = await (await get(`/public/data/${today}/sites.json`)).json()
    expect(data).toMatchObject({ table: 'sites', day: today, demonstration: false, rows: 2 })
    expect(data.items.map(({ url }: { url: string | null }) => url)).toEqual([
      'http://www.open.gov.cn/',
      null,
    ])
    const changes = await (await get(`/public/data/${today}/changes.json`)).json()
    const down = changes.items.find(({ to_state }: { to_state: string }) => to_state === 'down')
    expect(down).toMatchObject({ code: sites[0]?.code, why: 'measured', cause: 'http_5xx' })
    const dictionary = await (await get('/public/data/latest/dictionary.json')).json()
    const gaps = dictionary.fields.filter(
      (field: Record<string, string>) => !field.meaning_zh || !field.meaning_en,
    )
    expect(gaps).toEqual([])
    expect(dictionary.fields.map(({ table }: { table: string }) => table)).toContain('quality')
  })

  test('stays as it was published, for sixty days', async () => {
    const before = (await get(`/public/data/${today}/sites.csv`)).headers.get('etag')
    await app.context.db
      .updateTable('site')
      .set({ name: '改名局' })
      .where('id', '=', sites[1]?.id ?? 0)
      .execute()
    await publishDay(app.context, today, false)
    app.clock.advance(HOUR)
    expect((await get(`/public/data/${today}/sites.csv`)).headers.get('etag')).toBe(before)
    await dropOld(app.context.db, app.clock.now() + 61 * DAY)
    expect(await publishedDays(app.context.db)).toEqual([])
  })

  test('has no address by which no citizen reaches anything', () => {
    for (const url of [
      'http://10.1.2.3/',
      'http://0x7f.1/',
      'http://[fd00::1]/',
      'http://oa/',
      'http://oa./',
      'http://oa.gz.local/',
      'http://oa.gz.local./',
      'http://localhost./',
      'http://www.open.gov.cn:8080/',
      'ftp://www.open.gov.cn/',
    ])
      expect(publicUrl(url), url).toBeNull()
    expect(publicUrl('http://a:b@www.open.gov.cn/x?id=1#y')).toBe('http://www.open.gov.cn/x')
  })

  test.each([
    '/public/data/2026-02-30/sites.csv',
    '/public/data/latest/../../etc',
    '/public/data/latest/users.csv',
  ])('refuses %s', async (path) => expect([400, 404]).toContain((await get(path)).status))
  test('a day that was never published is not found', async () =>
    expect((await get(`/public/data/${addDays(today, -9)}/sites.csv`)).status).toBe(404))
})

describe('the page about the monitor', () => {
  test('names the user agent and how often it comes, also while nobody has said more', async () => {
    const text = await (await get('/public/monitor?lang=zh')).text()
    expect(text).toContain(app.context.config.userAgent)
    expect(text).toContain('来源地址尚未登记')
    expect(text, 'the other name under which it comes').toContain('Baiduspider')
    expect(text).not.toContain('<script')
  })
  test('says that a browser opens pages and runs their scripts where one does, and not where none does', async () => {
    expect(await (await get('/public/monitor?lang=zh')).text()).not.toContain('执行网页自己的脚本')
    await announceRenderer(app.context.db, 'here', app.clock.now(), null)
    app.clock.advance(MINUTE)
    const text = await (await get('/public/monitor?lang=zh')).text()
    expect(text).toContain('执行网页自己的脚本')
    expect(text).toContain(`Chrome/* Safari/537.36 ${app.context.config.userAgent}`)
  })
  test('says whom to write to and from where it comes, as the office has set it', async () => {
    const contact = {
      ...{ office: '<b>监测组</b>', phone: '020-0000 0000', mail: 'm@example.com' },
      addresses: ['机房 192.0.2.0/28', '2001:db8::1'],
    }
    expect((await set({ contact })).status).toBe(200)
    app.clock.advance(HOUR)
    const text = await (await get('/public/monitor?lang=en')).text()
    expect(text).toContain('&#60;b&#62;监测组')
    expect(await (await get('/public/monitor/addresses.txt')).text()).toBe('192.0.2.0/28\n2001:db8::1\n')
    expect(await (await get('/public/monitor.json')).json()).toMatchObject({
      mail: 'm@example.com',
      addresses: [
        { name: '机房', range: '192.0.2.0/28' },
        { name: '', range: '2001:db8::1' },
      ],
    })
  })
  test.each([
    [{ office: '组', phone: '', mail: '', addresses: [] }, 'needs the name of an office'],
    [{ office: '组', phone: '1', mail: '', addresses: ['机房 192.0.2'] }, 'no IP address or range'],
  ])('an office that cannot be reached, or an address that is none, is refused', async (contact, said) => {
    const answer = await set({ contact })
    expect(answer.status).toBe(400)
    expect((await answer.json()).detail).toContain(said)
  })
})
