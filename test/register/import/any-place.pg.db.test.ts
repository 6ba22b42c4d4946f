import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { loadBoard } from '../../../server/city/board/load.ts'
import { placeName } from '../../../server/desk/notices/words.ts'
import { namedPlaces, placeNames } from '../../../server/register/divisions/area.ts'
import { readRegister } from '../../../server/register/import/file/read.ts'
import { importRegister } from '../../../server/register/import/import.ts'
import { planImport } from '../../../server/register/import/plan/plan.ts'
import { DEFAULT_SETTINGS } from '../../../shared/people/settings/settings.ts'
import { placeWords } from '../../../shared/register/divisions/place-words.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { treeFor } from '../../support/registers/guangzhou.ts'
import { ownSitesOf, type RegisterLine, registerFile, sitesOf } from '../../support/registers/registers.ts'

/* A place more touches no file: a register made of the divisions' data, and all that follows from it. */

let fresh: FreshDatabase
let ctx: TestContext
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await sql`truncate district, fact restart identity cascade`.execute(fresh.db)
  await sql`delete from setting where key in ('area', 'settings')`.execute(fresh.db)
})

async function load(lines: readonly RegisterLine[]) {
  const made = await planImport(fresh.db, await readRegister(registerFile(lines)), {})
  expect([made.bad, made.questions]).toEqual([[], []])
  const area = { code: made.area.code, by: 'register' } as const
  return importRegister(ctx, made.rows, { ...made, area })
}

/** What the screens of the place say, and its notices. */
async function spoken() {
  const { area, groups } = await namedPlaces(fresh.db)
  const names = await placeNames(fresh.db)
  const zh = placeWords(area, 'zh')
  const en = placeWords(area, 'en')
  return {
    titles: [area?.name, area?.nameEn],
    zh: [zh.whole, zh.groups],
    en: [en.whole, en.groups],
    notice: [placeName(null, names, 'zh'), placeName(null, names, 'en')],
    groups: groups.length,
  }
}

test('a province of 21 cities is called so, and is spoken of by its cities', async () => {
  const tree = await treeFor('440000')
  const province = tree.get('440000')!
  await load([...ownSitesOf(province, 10), ...tree.parts('440000').flatMap((city) => ownSitesOf(city, 2))])
  expect(await spoken()).toEqual({
    titles: ['广东省', 'Guangdong'],
    zh: ['全省', '各市'],
    en: ['Whole province', 'Cities'],
    notice: ['全省', 'Whole province'],
    groups: 23,
  })
})

test('a county by its streets and towns', async () => {
  const tree = await treeFor('441322')
  const streets = tree.parts('441322')
  const placed = sitesOf(tree, tree.get('441322')!, 4 + streets.length).map((line) => {
    const street = streets.find(({ name }) => line.name.includes(name))
    return street ? { ...line, place: street.name } : line
  })
  await load(placed)
  expect(await spoken()).toEqual({
    titles: ['博罗县', 'Boluo'],
    zh: ['全县', '各镇街'],
    en: ['Whole county', 'Streets and towns'],
    notice: ['全县', 'Whole county'],
    groups: 2 + streets.length,
  })
})

test("a ministry's sites by its units", async () => {
  const site = (code: string, unit: string) => ({
    code,
    unit,
    name: `${unit}网站`,
    url: `http://${code}.gov.cn/`,
  })
  await load([
    site('bm54000001', '中国气象局'),
    site('bm54010001', '国家气象中心'),
    site('bm54020001', '国家卫星气象中心'),
  ])
  expect(await spoken()).toEqual({
    titles: ['中国气象局', '中国气象局'],
    zh: ['全部', '各单位'],
    en: ['All', 'Units'],
    notice: ['全部', 'All'],
    groups: 3,
  })
})

test('called otherwise in the settings, it is called so on every screen, and its words stay those of what it is', async () => {
  const tree = await treeFor('440000')
  await load([
    ...ownSitesOf(tree.get('440000')!, 3),
    ...tree.parts('440000').flatMap((city) => ownSitesOf(city, 1)),
  ])
  const place = { name: '广东（试运行）', nameEn: 'Guangdong (trial)' }
  const value = JSON.stringify({ version: 1, settings: { ...DEFAULT_SETTINGS, place }, calendarChanges: 0 })
  await fresh.db.insertInto('setting').values({ key: 'settings', value }).execute()
  const { places } = await loadBoard(fresh.db, ctx.clock.now())
  expect(places.area).toEqual({ code: '440000', ...place, tier: 'province' })
  expect(await spoken()).toMatchObject({ zh: ['全省', '各市'], notice: ['全省', 'Whole province'] })
})
