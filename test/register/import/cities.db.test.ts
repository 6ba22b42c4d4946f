import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { loadBoard } from '../../../server/city/board/load.ts'
import { namedPlaces } from '../../../server/register/divisions/area.ts'
import { ensurePlaces } from '../../../server/register/divisions/seed.ts'
import type { DivisionTree } from '../../../server/register/divisions/tree.ts'
import { readRegister } from '../../../server/register/import/file/read.ts'
import { importRegister } from '../../../server/register/import/import.ts'
import { planImport } from '../../../server/register/import/plan/plan.ts'
import type { Answers } from '../../../shared/register/import/imports.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeDistricts } from '../../support/make.ts'
import { GROUPS, treeFor } from '../../support/registers/guangzhou.ts'
import {
  foshan,
  ownSitesOf,
  type RegisterLine,
  registerFile,
  sitesOf,
} from '../../support/registers/registers.ts'

let fresh: FreshDatabase
let ctx: TestContext
let tree: DivisionTree
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  tree = await treeFor('440600')
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await sql`truncate district, fact restart identity cascade`.execute(fresh.db)
  await sql`delete from setting where key = 'area'`.execute(fresh.db)
  await sql`delete from division where code ~ '[a-z-]' or edited`.execute(fresh.db)
  await fresh.db.updateTable('fact_counter').set({ seq: 0 }).execute()
})

async function plan(lines: readonly RegisterLine[], answers: Answers = {}, area: string | null = null) {
  return planImport(fresh.db, await readRegister(registerFile(lines)), answers, area)
}
async function load(lines: readonly RegisterLine[], answers: Answers = {}, area: string | null = null) {
  const made = await plan(lines, answers, area)
  const result = await importRegister(ctx, made.rows, {
    ...made,
    area: { code: made.area.code, by: made.areaBy === 'file' ? 'register' : 'hand' },
  })
  return { ...made, ...result }
}
/** Groups in the order of the wall, with how many sites each has. */
async function wall() {
  const { area, groups } = await namedPlaces(fresh.db)
  const { board } = await loadBoard(fresh.db, ctx.clock.now())
  const counts = (code: string) =>
    [...board.sites.values()].filter(({ district }) => district === code).length
  return { area: area?.name, groups: groups.map(({ code, name }) => `${name} ${counts(code)}`) }
}
const part = (code: string) => {
  const division = tree.get(code)
  if (!division) throw new Error(`there is no ${code}`)
  return division
}

describe('any city', () => {
  it("loads Foshan's 300 sites in GBK, with right codes, under its own name and by its own districts", async () => {
    const { bad, questions, added } = await load(foshan(tree))
    expect({ bad, questions, added }).toEqual({ bad: [], questions: [], added: 300 })
    expect(await wall()).toEqual({
      area: '佛山市',
      groups: ['市门户 1', '市直部门 49', '禅城区 60', '南海区 60', '顺德区 50', '三水区 45', '高明区 35'],
    })
    const levels = await fresh.db
      .selectFrom('site')
      .select(['level', (eb) => eb.fn.countAll<number>().as('n')])
      .where('district', '=', '440604')
      .groupBy('level')
      .orderBy('level')
      .execute()
    expect(levels.find(({ level }) => level === 'district_portal')?.n).toBe(1)
    expect(levels.find(({ level }) => level === 'street')?.n).toBeGreaterThan(0)
    // The same file twice changes nothing, and asks nothing.
    expect(await load(foshan(tree))).toMatchObject({ added: 0, changed: 0, unchanged: 300, questions: [] })
  })

  it('a province of 21 cities groups by city', async () => {
    const province = part('440000')
    const cities = tree.parts(province.code)
    const lines = [
      ...ownSitesOf(province, 10),
      ...cities.flatMap((city) => [
        ...ownSitesOf(city, 2),
        ...tree
          .parts(city.code)
          .flatMap((district) => (district.level === 'street' ? [] : sitesOf(tree, district, 2))),
      ]),
    ]
    await load(lines)
    const { area, groups } = await wall()
    expect(area).toBe('广东省')
    expect(groups).toHaveLength(2 + 21)
    expect(groups.slice(0, 3)).toEqual(['省级门户 1', '省直部门 9', expect.stringMatching(/^广州市 \d+/)])
    expect(groups.at(-1)).toMatch(/^云浮市/)
  })

  it("a county groups by street, when its register says the streets or somebody says that it is the county's", async () => {
    const streets = tree.parts('440604')
    expect(streets.length).toBeGreaterThan(2)
    const lines = sitesOf(tree, part('440604'), 8)
    const placed = lines.map((line) => {
      const street = streets.find(({ name }) => line.name.includes(name))
      return street ? { ...line, place: street.name } : line
    })
    expect((await plan(lines)).area.name).toBe('佛山市')
    expect((await plan(placed)).area.name).toBe('禅城区')
    await load(lines, {}, '440604')
    const { area, groups } = await wall()
    expect(area).toBe('禅城区')
    expect(groups.slice(0, 3)).toEqual([
      '区县门户 1',
      expect.stringMatching(/^区县部门/),
      `${streets[0]?.name} 1`,
    ])
  })

  it("a ministry's sites group by department, by code or, of one code, by unit", async () => {
    const site = (code: string, unit: string): RegisterLine => ({
      code,
      unit,
      name: `${unit}网站`,
      url: `http://${code}.gov.cn/`,
    })
    const met = ['bm54000001', 'bm54010001', 'bm54010002', 'bm54020001'].map((code, n) =>
      site(code, ['中国气象局', '国家气象中心', '国家气象中心', '国家卫星气象中心'][n] ?? ''),
    )
    expect((await load(met)).questions).toEqual([])
    expect(await wall()).toEqual({
      area: '中国气象局',
      groups: ['中国气象局 1', '国家气象中心 2', '国家卫星气象中心 1'],
    })
    await sql`truncate district, fact restart identity cascade`.execute(fresh.db)
    await sql`delete from setting where key = 'area'`.execute(fresh.db)
    await load([
      site('bm55000001', '某部办公厅'),
      site('bm55000002', '某部财务司'),
      site('bm55000003', '某部财务司'),
    ])
    const again = await load([site('bm55000001', '某部办公厅'), site('bm55000004', '某部人事司')], {
      missing: 'keep',
    })
    expect(again).toMatchObject({ added: 1, unchanged: 1 })
    expect((await wall()).groups.sort()).toEqual(['某部人事司 1', '某部办公厅 1', '某部财务司 2'])
  })

  it('codes of districts that were merged since belong to their successors', async () => {
    // 闸北区 went into 静安区 in 2015, 卢湾区 into 黄浦区 in 2011; their sites keep the codes they were given.
    const zhabei = sitesOf(tree, { ...part('310106'), code: '310108', name: '闸北区' }, 3)
    const luwan = sitesOf(tree, { ...part('310101'), code: '310103', name: '卢湾区' }, 2)
    const rest = tree.parts('310000').flatMap((district) => sitesOf(tree, district, 2))
    const { questions } = await load([...ownSitesOf(part('310000'), 3), ...zhabei, ...luwan, ...rest])
    expect(questions).toEqual([])
    const { area, groups } = await wall()
    expect(area).toBe('上海市')
    expect(groups).toContain('静安区 5')
    expect(groups).toContain('黄浦区 4')
    expect(groups).toHaveLength(2 + 16)
  })
})

test('an installation of before there were divisions gets its own groups into the tree at its start', async () => {
  await makeDistricts(fresh.db)
  await fresh.db.deleteFrom('division').where('code', 'like', '4401-%').execute()
  await ensurePlaces(fresh.db)
  const { groups } = await namedPlaces(fresh.db)
  expect(groups.map(({ code }) => code)).toEqual(GROUPS.map(({ code }) => code))
  // The room of the region reaches them.
  for (const { within } of groups) expect(within).toContain('440100')
})

describe('what a register leaves open is asked', () => {
  const own = () => sitesOf(tree, part('440604'), 5)
  const zone: RegisterLine = {
    code: '4406920001',
    name: '佛山高新区管委会',
    url: 'http://zone.gov.cn/',
    unit: '佛山高新区管委会',
  }

  it('a code that is not known is a question, not the end: all else is loaded', async () => {
    const { questions, added, waiting, bad } = await load([
      ...own(),
      ...sitesOf(tree, part('440605'), 5),
      zone,
    ])
    expect({ added, waiting, bad }).toEqual({ added: 10, waiting: 1, bad: [] })
    expect(questions).toMatchObject([
      {
        kind: 'unknownCode',
        key: 'code:440692',
        code: '440692',
        rows: 1,
        lines: [12],
        examples: ['佛山高新区管委会'],
      },
    ])
  })

  it('answered with a group of its own, it stands beside the districts; the next file knows it', async () => {
    const lines = [...own(), zone]
    expect(await load(lines, { 'code:440692': 'accept' })).toMatchObject({ added: 6, questions: [] })
    expect((await wall()).groups.at(-1)).toBe('440692 1')
    expect(await load(lines)).toMatchObject({ unchanged: 6, questions: [] })
  })

  it('answered with a division, it is another code of that; answered with leave, it stays out', async () => {
    const lines = [...own(), zone]
    expect(await load(lines, { 'code:440692': 'leave' })).toMatchObject({ added: 5, left: 1, questions: [] })
    expect(await load(lines, { 'code:440692': 'map:440605' })).toMatchObject({ added: 1, questions: [] })
    expect((await wall()).groups).toContain('南海区 1')
    expect(await load(lines)).toMatchObject({ unchanged: 6, questions: [] })
  })

  it('a row of another city is asked about, and let in only when somebody says so', async () => {
    const stray = { ...own()[0], code: '4401060001', url: 'http://stray.gov.cn/' } as RegisterLine
    const lines = [...foshan(tree), stray]
    const { area, questions, added } = await load(lines)
    expect(area.name).toBe('佛山市')
    expect({ added, kinds: questions.map(({ kind }) => kind) }).toEqual({ added: 300, kinds: ['outside'] })
    await load(lines, { 'outside:440106': 'accept' })
    expect((await wall()).groups.at(-1)).toBe('天河区 1')
    expect((await load(lines)).questions).toEqual([])
  })

  it('a file that lacks four sites says so and asks; nothing is deleted', async () => {
    const all = foshan(tree)
    await load(all)
    const less = all.filter((_, at) => at < 296)
    const { questions, changed } = await load(less)
    expect(changed).toBe(0)
    expect(questions).toEqual([
      {
        kind: 'missing',
        key: 'missing',
        sites: all.slice(296).map(({ code, name, url }) => ({ code, name, url })),
      },
    ])
    const [closed, moved, forgotten] = all.slice(296).map(({ code }) => code)
    const answers = {
      [`missing:${closed}`]: 'closed',
      [`missing:${moved}`]: 'moved',
      missing: 'keep',
    } as const
    expect((await load(less, answers)).questions).toEqual([])
    const sites = await fresh.db.selectFrom('site').select(['code', 'pause_reason']).orderBy('code').execute()
    expect(sites).toHaveLength(300)
    const reason = (code: string | undefined) => sites.find((site) => site.code === code)?.pause_reason
    expect([reason(closed), reason(moved), reason(forgotten)]).toEqual([
      '名录更新：网站已关停',
      '名录更新：网站已迁移',
      null,
    ])
    // Those that are over are asked about no more; what was forgotten is, until the file has it.
    expect((await load(less)).questions).toMatchObject([
      { kind: 'missing', sites: [{ code: forgotten }, {}] },
    ])
  })

  it("a district's own file says nothing of the other districts", async () => {
    await load(foshan(tree))
    const { questions } = await load(sitesOf(tree, part('440604'), 60, '佛山市'))
    expect(questions).toEqual([])
  })

  it('a changed code is found to be the same site, by address or by name, and goes on with all that is kept', async () => {
    const all = foshan(tree)
    await load(all)
    const { id } = await fresh.db
      .selectFrom('site')
      .select('id')
      .where('code', '=', all[70]?.code ?? '')
      .executeTakeFirstOrThrow()
    const renumbered = all.map((line, at) =>
      at === 70
        ? { ...line, code: '4406049001', name: '改名后的网站' }
        : at === 71
          ? { ...line, code: '4406049002' }
          : line,
    )
    const { questions, added } = await load(renumbered)
    expect(added).toBe(0)
    expect(questions).toMatchObject([
      { kind: 'changedCode', from: { code: all[70]?.code }, to: { code: '4406049001' }, same: ['host'] },
      {
        kind: 'changedCode',
        from: { code: all[71]?.code },
        to: { code: '4406049002' },
        same: ['host', 'name'],
      },
    ])
    const answers = { [`changed:${all[70]?.code}`]: 'same', [`changed:${all[71]?.code}`]: 'same' } as const
    expect(await load(renumbered, answers)).toMatchObject({ added: 0, questions: [] })
    const row = await fresh.db
      .selectFrom('site')
      .select(['code', 'name'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ code: '4406049001', name: '改名后的网站' })
    expect((await load(renumbered)).questions).toEqual([])
  })
})
