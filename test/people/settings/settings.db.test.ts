import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { followSettings, startSettings } from '../../../server/people/settings/settings.ts'
import { namedPlaces } from '../../../server/register/divisions/area.ts'
import { calendarIn } from '../../../server/register/workdays/calendar.ts'
import { localDay } from '../../../shared/base/time.ts'
import { DEFAULT_ZONE, liveBy, zoneInForce } from '../../../shared/base/zone.ts'
import { limitsOf } from '../../../shared/monitor/verdicts/rule-set.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/people/settings/settings.ts'
import { addWorkdays } from '../../../shared/register/workdays/workdays.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { RULES_2015 } from '../../support/rules-2015.ts'
import type { Session } from '../../support/session.ts'
import { addVisits } from '../../support/visits/visits.ts'

let app: TestApp
let people: People
let admin: Session
let duty: Session
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  await connection.close()
  app = await startTestApp({ database })
  admin = await app.signIn('admin')
  duty = await app.signIn('duty')
})
afterAll(async () => {
  await app.stop()
  liveBy(DEFAULT_ZONE)
})

async function set(given: Partial<Settings>, version?: number, language = 'en') {
  const now = await (await admin.fetch('/api/settings')).json()
  const body = { version: version ?? now.version, settings: { ...now.settings, ...given } }
  const answer = await admin.fetch('/api/settings', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}

test('an installation begins with the settings of China, and a stranger is told what a screen has to know', async () => {
  expect(await (await admin.fetch('/api/settings')).json()).toEqual({
    version: 0,
    settings: DEFAULT_SETTINGS,
  })
  expect(await (await app.stranger.fetch('/api/installation')).json()).toEqual({
    timeZone: 'Asia/Shanghai',
    edition: 'cn-2015',
    languages: ['zh', 'en'],
    language: 'zh',
    limits: limitsOf(RULES_2015),
  })
})

test('who is no administrator neither sees nor changes them', async () => {
  expect((await duty.fetch('/api/settings')).status).toBe(403)
  expect((await app.stranger.fetch('/api/settings')).status).toBe(401)
})

test.each([
  [{ timeZone: 'Asia/Atlantis' }, 'There is no time zone Asia/Atlantis'],
  // Known to browsers, and not to the database.
  [{ timeZone: 'US/Pacific-New' }, 'There is no time zone US/Pacific-New'],
  [{ languages: [] }, 'At least one language'],
  [{ languages: ['en'], language: 'zh' }, 'default language'],
] as const)('%j is refused with a sentence, and nothing changes', async (given, sentence) => {
  const { status, body } = await set(given as unknown as Partial<Settings>)
  expect([status, body.code]).toEqual([400, 'invalid'])
  expect(body.detail).toContain(sentence)
  expect((await (await admin.fetch('/api/settings')).json()).version).toBe(0)
})

test('of two who change them at once the second is refused and told what is so', async () => {
  const first = await set({ place: { name: '示例市', nameEn: 'Sample' } })
  expect(first.status).toBe(200)
  const second = await set({ place: null }, first.body.version - 1)
  expect([second.status, second.body.current.settings.place.name]).toEqual([409, '示例市'])
  expect((await set({ place: null })).status).toBe(200)
})

test('a name in one language only: in the other the place is called as its division is', async () => {
  const called = async () => (await namedPlaces(app.context.db)).area
  expect(await called()).toMatchObject({ name: '广州市', nameEn: 'Guangzhou' })
  expect((await set({ place: { name: '羊城', nameEn: '' } })).status).toBe(200)
  expect(await called()).toMatchObject({ name: '羊城', nameEn: 'Guangzhou' })
  await set({ place: null })
  expect(await called()).toMatchObject({ name: '广州市', nameEn: 'Guangzhou' })
})

test('a change is in the audit with what it was, and screens are told', async () => {
  await set({ edition: 'cn-2019' })
  const { items } = await (await admin.fetch('/api/audit?entity=settings')).json()
  expect(items[0]).toMatchObject({
    action: 'settings.changed',
    detail: { edition: 'cn-2019', before: { edition: 'cn-2015' } },
  })
  const told = await app.context.db
    .selectFrom('fact')
    .select(['kind', 'data'])
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  expect(told).toMatchObject({ kind: 'register.changed', data: { what: 'settings' } })
  await set({ edition: 'cn-2015' })
})

test('where one language is offered, sentences are in it, whatever the browser reads', async () => {
  await set({ languages: ['zh'], language: 'zh' })
  const { body } = await set({ timeZone: 'Asia/Atlantis' }, undefined, 'en-GB')
  expect(body.detail).toBe('没有这个时区：Asia/Atlantis。请填写 IANA 名称，如 Asia/Shanghai。')
  await set({ languages: ['zh', 'en'] })
})

test('a process begins with what is set, and follows what another has set; it never goes back', async () => {
  await set({ timeZone: 'Asia/Kathmandu' })
  const { db } = app.context
  liveBy(DEFAULT_ZONE)
  await startSettings(db)
  expect(zoneInForce()).toBe('Asia/Kathmandu')
  const other = await prepareDatabase()
  const connection = await connect(other)
  await startSettings(connection.db)
  expect(zoneInForce()).toBe('Asia/Shanghai')
  await followSettings(db)
  expect(zoneInForce()).toBe('Asia/Kathmandu')
  // As a transaction sees it that began before the change.
  await followSettings(connection.db)
  expect(zoneInForce()).toBe('Asia/Kathmandu')
  await connection.close()
  await other.drop()
  await set({ timeZone: 'Asia/Shanghai' })
})

test('in Kathmandu a visit before midnight there is of that day, and a due day is counted from it', async () => {
  await set({ timeZone: 'Asia/Kathmandu' })
  // 23:30 on Thursday the 12th there; in Shanghai it is 01:45 on Friday.
  app.clock.set(Date.parse('2026-03-12T17:45:00Z'))
  const site = await makeSite(app.context.db, { unit_id: people.unitId })
  await addVisits(app.context.db, site.id, [{ at: app.clock.now() }])
  const sums = await app.context.db
    .selectFrom('visit_day')
    .select('day')
    .where('site_id', '=', site.id)
    .execute()
  expect(sums).toEqual([{ day: '2026-03-12' }])
  expect(localDay(app.clock.now())).toBe('2026-03-12')
  const alert = await makeAlert(app.context.db, { site, rule: 'V3' })
  const raised = await duty.fetch('/api/rectifications', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ alertIds: [alert.id], dueWorkdays: 1 }),
  })
  expect((await raised.json()).dueOn).toBe('2026-03-13')
  await set({ timeZone: 'Asia/Shanghai' })
})

test('by the calendar of weekdays a holiday of China is worked, and open due days are reckoned anew at once', async () => {
  app.clock.set(Date.parse('2026-09-30T02:00:00Z'))
  const site = await makeSite(app.context.db, { unit_id: people.unitId })
  const alert = await makeAlert(app.context.db, { site, rule: 'V3' })
  const raised = await duty.fetch('/api/rectifications', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ alertIds: [alert.id], dueWorkdays: 1 }),
  })
  const { id, dueOn } = await raised.json()
  expect(dueOn).toBe('2026-10-08')
  await set({ calendar: 'weekdays' })
  const { calendar } = await calendarIn(app.context.db)
  expect(addWorkdays(calendar, '2026-09-30', 1)).toBe('2026-10-01')
  expect((await (await duty.fetch(`/api/rectifications/${id}`)).json()).dueOn).toBe('2026-10-01')
  await set({ calendar: 'china' })
  expect((await (await duty.fetch(`/api/rectifications/${id}`)).json()).dueOn).toBe('2026-10-08')
})
