import { describe, expect, it } from 'vitest'
import { countOf } from '../../../../server/register/import/report/report.ts'
import { editSite } from '../../../../server/register/ledger/service.ts'
import { siteEdit } from '../../../../shared/register/ledger/ledger.ts'
import { addUser } from '../../../support/people.ts'
import { type RegisterLine, sitesOf } from '../../../support/registers/registers.ts'
import { officeWorkbook } from '../../../support/registers/workbook.ts'
import { ctx, fresh, loadFile, loadIntoFoshan, part, planFile, tree } from '../foshan.ts'

loadIntoFoshan()

const HEADING = ['网站标识码', '网站名称', '首页网址', '主管单位']
const rowsOf = (lines: readonly RegisterLine[], more: Readonly<Record<string, string>>) => [
  [...HEADING, ...Object.keys(more)],
  ...lines.map(({ code, name, url, unit }) => [code, name, url, unit, ...Object.values(more)]),
]
/** The office's list: four columns, and `more` with the same cell in each row. */
const list = (lines: readonly RegisterLine[], more: Readonly<Record<string, string>> = {}) =>
  Buffer.from(
    rowsOf(lines, more)
      .map((cells) => cells.join(','))
      .join('\r\n'),
  )
const chancheng = (count = 6) => sitesOf(tree, part('440604'), count)
const office = (serial: string, given: Partial<RegisterLine> = {}): RegisterLine => ({
  code: `440604${serial}`,
  name: '禅城区教育局',
  url: `http://office-${serial}.gov.cn/`,
  unit: '禅城区教育局',
  ...given,
})

let people = 0
/** As somebody changes a site in its form. */
async function byHand(code: string, fields: object): Promise<void> {
  const who = { username: `clerk${++people}`, name: '吴刚', role: 'admin' as const, password_hash: '' }
  const user = await addUser(fresh.db, who, { kind: 'city' })
  const { id, version } = await fresh.db
    .selectFrom('site')
    .select(['id', 'version'])
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
  await editSite(ctx, user, id, siteEdit.parse({ version, reason: '核对', ...fields }))
}
const siteOf = (code: string) =>
  fresh.db
    .selectFrom('site')
    .select(['platform', 'interval_s', 'district', 'division', 'level'])
    .where('code', '=', code)
    .executeTakeFirstOrThrow()

describe('a file without a column empties nothing of it', () => {
  it('platforms and intervals that were entered by hand outlive the next list, whose check says so too', async () => {
    const lines = chancheng()
    await loadFile(list(lines))
    const [first, second] = lines as [RegisterLine, RegisterLine]
    await byHand(first.code, { platform: '市集约化平台', interval: 60 })
    await byHand(second.code, { platform: '区平台' })
    const changes = () => fresh.db.selectFrom('site_change').selectAll().orderBy('id').execute()
    const before = await changes()
    for (const file of [list(lines), officeWorkbook({ 名录: rowsOf(lines, {}) })]) {
      expect(await countOf(fresh.db, await planFile(file))).toEqual({ new: 0, changed: 0, same: 6 })
      expect(await loadFile(file)).toMatchObject({ added: 0, changed: 0, unchanged: 6 })
    }
    expect(await siteOf(first.code)).toMatchObject({ platform: '市集约化平台', interval_s: 60 })
    expect(await siteOf(second.code)).toMatchObject({ platform: '区平台', interval_s: null })
    expect(await changes()).toEqual(before)
  })

  it('what the list does say is changed, and only that', async () => {
    const lines = chancheng()
    await loadFile(list(lines, { 平台: '区平台', 监测间隔: '60' }))
    const [first] = lines as [RegisterLine]
    await byHand(first.code, { platform: '市集约化平台' })
    const renamed = lines.with(0, { ...first, url: 'https://renamed.gov.cn/' })
    expect(await loadFile(list(renamed, { 监测间隔: '120' }))).toMatchObject({ changed: 6 })
    expect(await siteOf(first.code)).toMatchObject({ platform: '市集约化平台', interval_s: 120 })
    expect(await siteOf(lines[1]?.code ?? '')).toMatchObject({ platform: '区平台', interval_s: 120 })
  })

  it('a cell that is empty in a column that is there empties, and has district and level reckoned anew', async () => {
    const line = office('0101')
    await loadFile(list([line, office('0102')], { 平台: '区平台', 监测间隔: '60' }))
    await byHand(line.code, { district: '440605', level: 'street' })
    const empty = { 平台: '', 监测间隔: '', 区县: '', 级别: '' }
    expect(await loadFile(list([line, office('0102')], empty))).toMatchObject({ changed: 2 })
    expect(await siteOf(line.code)).toEqual({
      ...{ platform: null, interval_s: null },
      ...{ district: '440604', division: '440604', level: 'district_department' },
    })
  })

  it('a district and a level that somebody has corrected stay, also when the site is called otherwise', async () => {
    const line = office('0101')
    await loadFile(list([line, office('0102')]))
    await byHand(line.code, { district: '440605', level: 'street' })
    const kept = { district: '440605', division: '440605', level: 'street' }
    expect(await loadFile(list([line, office('0102')]))).toMatchObject({ changed: 0, questions: [] })
    expect(await siteOf(line.code)).toMatchObject(kept)
    const renamed = { ...line, name: '教育局门户网站' }
    expect(await loadFile(list([renamed, office('0102')]))).toMatchObject({ changed: 1, questions: [] })
    expect(await siteOf(line.code)).toMatchObject(kept)
  })

  it('those that an earlier file said stay; new sites get what follows from code and name', async () => {
    const line = office('0101')
    await loadFile(list([line], { 区县: '南海区', 级别: '镇' }))
    await loadFile(list([line, office('0102')]))
    expect(await siteOf(line.code)).toMatchObject({ district: '440605', level: 'town' })
    expect(await siteOf('4406040102')).toMatchObject({ district: '440604', level: 'district_department' })
  })

  it('a site that was put into the city itself stays there, unless the file says that it is no portal, or of a district', async () => {
    const line = office('0101')
    await loadFile(list([line, office('0102')]))
    await byHand(line.code, { district: '440600', level: 'city_portal' })
    await loadFile(list([line, office('0102')]))
    expect(await siteOf(line.code)).toMatchObject({ district: '4406-portal', level: 'city_portal' })
    await loadFile(list([line, office('0102')], { 是否门户: '0' }))
    expect(await siteOf(line.code), 'the file says that it is none').toMatchObject({
      ...{ district: '4406-dept', division: '440600', level: 'city_department' },
    })
    await loadFile(list([line, office('0102')], { 区县: '禅城区' }))
    expect(await siteOf(line.code)).toMatchObject({ district: '440604', level: 'district_department' })
  })

  it('a level that the file says decides where the place of before does not fit it', async () => {
    const line = office('0101')
    await loadFile(list([line, office('0102')]))
    await byHand(line.code, { district: '440605' })
    await loadFile(list([line, office('0102')], { 级别: '区直部门' }))
    expect(await siteOf(line.code)).toMatchObject({ district: '440605', level: 'district_department' })
    expect(await loadFile(list([line, office('0102')], { 级别: '市直部门' }))).toMatchObject({ bad: [] })
    expect(await siteOf(line.code)).toMatchObject({ district: '4406-dept', level: 'city_department' })
  })
})

it('a site that somebody put into another district makes no file one of both districts', async () => {
  const own = [office('0101'), office('0102', { name: '禅城区体育局', unit: '禅城区体育局' })]
  const [moved, ...others] = sitesOf(tree, part('440605'), 4) as [RegisterLine, ...RegisterLine[]]
  await loadFile(list([...own, moved, ...others]), {}, '440600')
  await byHand(moved.code, { district: '440604' })
  const closed = { missing: 'closed' } as const
  for (const lines of [
    [...own, moved],
    [moved, ...others],
  ]) {
    expect(await planFile(list(lines), closed)).toMatchObject({ questions: [], ended: [] })
  }
  const { questions } = await planFile(list([...own.slice(1), moved]))
  expect(questions).toMatchObject([{ kind: 'missing', sites: [{ code: own[0]?.code }] }])
})

describe('what had followed by itself goes on to follow', () => {
  it('a town that becomes a street is one by its new name', async () => {
    const line = office('0101', { name: '禅城区南庄镇人民政府' })
    await loadFile(list([line, office('0102')]))
    expect((await siteOf(line.code)).level).toBe('town')
    await loadFile(list([{ ...line, name: '禅城区南庄街道办事处' }, office('0102')]))
    expect((await siteOf(line.code)).level).toBe('street')
  })

  it('a site with another code goes where that says, with its platform; one that was put elsewhere stays there', async () => {
    const [follows, stays] = [office('0101'), office('0102', { name: '禅城区体育局', unit: '禅城区体育局' })]
    const rest = [office('0103'), ...['440605', '440606'].flatMap((code) => sitesOf(tree, part(code), 3))]
    await loadFile(list([follows, stays, ...rest]))
    await byHand(follows.code, { platform: '区平台', interval: 60 })
    await byHand(stays.code, { district: '440606', level: 'street', platform: '市集约化平台' })
    const renumbered = [{ ...follows, code: '4406050901' }, { ...stays, code: '4406050902' }, ...rest]
    const answers = { [`changed:${follows.code}`]: 'same', [`changed:${stays.code}`]: 'same' } as const
    expect(await loadFile(list(renumbered), answers)).toMatchObject({ added: 0, questions: [] })
    expect(await siteOf('4406050901')).toMatchObject({
      district: '440605',
      platform: '区平台',
      interval_s: 60,
    })
    expect(await siteOf('4406050902')).toMatchObject({
      ...{ district: '440606', level: 'street', platform: '市集约化平台' },
    })
  })

  it('sites of a district that went into another go with it, and so do those that were put there', async () => {
    const lines = [...sitesOf(tree, part('440608'), 3), office('0101'), office('0102')]
    await loadFile(list(lines))
    await byHand('4406040101', { district: '440608' })
    const goInto = (successor: string | null) =>
      fresh.db.updateTable('division').set({ successor }).where('code', '=', '440608').execute()
    await goInto('440607')
    await loadFile(list(lines))
    await goInto(null)
    const places = await fresh.db.selectFrom('site').select(['code', 'division']).orderBy('code').execute()
    expect(places.map(({ code, division }) => `${code} ${division}`)).toEqual([
      ...['4406040101 440607', '4406040102 440604'],
      ...['4406080001 440607', '4406080002 440607', '4406080003 440607'],
    ])
  })

  it('once the register is said to be a county, its sites are in their streets', async () => {
    const lines = chancheng()
    await loadFile(list(lines))
    await loadFile(list(lines), {}, '440604')
    const [street] = tree.parts('440604')
    expect(await siteOf(lines[1]?.code ?? '')).toMatchObject({ division: street?.code })
  })
})
