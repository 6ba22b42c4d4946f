import { sql } from 'kysely'
import { describe, expect, it, test } from 'vitest'
import { namedPlaces } from '../../../server/register/divisions/area.ts'
import { ensurePlaces } from '../../../server/register/divisions/seed.ts'
import { makeDistricts } from '../../support/make.ts'
import { GROUPS } from '../../support/registers/guangzhou.ts'
import { foshan, ownSitesOf, type RegisterLine, sitesOf } from '../../support/registers/registers.ts'
import { fresh, load, loadIntoFoshan, part, plan, tree, wall } from './foshan.ts'

loadIntoFoshan()

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
