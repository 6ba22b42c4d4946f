import { afterAll, beforeAll, expect, it } from 'vitest'
import { spellNames } from '../../../server/base/search/letters.ts'
import { spellAll } from '../../../server/base/search/spell.ts'
import { listSites } from '../../../server/register/sites/queries.ts'
import { listUnits } from '../../../server/register/units/queries.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite, makeUnit } from '../../support/make.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const find = async (q: string) =>
  (await listSites(fresh.db, { kind: 'city' }, { q }, { limit: 10 })).items.map(({ name }) => name)
const waiting = async () => (await fresh.db.selectFrom('name_unspelled').select('name').execute()).length

it('a name is found by its pinyin as soon as it is written, whole or by initials, of a site and of a unit', async () => {
  const unit = await makeUnit(fresh.db, { name: '越秀区档案馆' })
  const { id } = await makeSite(fresh.db, { name: '荔湾区图书馆', unit_id: unit.id })
  expect(await find('liwanqu')).toEqual(['荔湾区图书馆'])
  expect(await find('lwqtsg')).toEqual(['荔湾区图书馆'])
  expect(await find('yuexiuqu'), 'by its unit').toEqual(['荔湾区图书馆'])
  const { items } = await listUnits(fresh.db, { kind: 'city' }, { q: 'yxqdag', after: 0, limit: 5 })
  expect(items.map(({ name }) => name)).toEqual(['越秀区档案馆'])
  await fresh.db.updateTable('site').set({ name: '荔湾区少年宫' }).where('id', '=', id).execute()
  expect([await find('tsg'), await find('shaoniangong')]).toEqual([[], ['荔湾区少年宫']])
})

it('a search waits for no load: what that has brought is spelled in the background, all of it and once', async () => {
  const unit = await makeUnit(fresh.db, { name: '增城区政府' })
  const names = Array.from({ length: 120 }, (_, n) => `增城区第${n}所`)
  for (const name of names) await makeSite(fresh.db, { name, unit_id: unit.id })
  await find('x')
  expect(await waiting(), 'a search spells some').toBeGreaterThan(0)
  expect(await spellAll(fresh.db)).toBeGreaterThan(0)
  expect([await waiting(), await spellNames(fresh.db, 10)]).toEqual([0, 0])
  const { total } = await listSites(fresh.db, { kind: 'city' }, { q: 'zcqd' }, { limit: 5 })
  expect(total).toBe(names.length)
})

it('what was typed stands for itself, in a name, a code, an address or the name of a unit', async () => {
  const unit = await makeUnit(fresh.db, { name: '从化区A_B局' })
  const one = await makeSite(fresh.db, {
    name: '100%从化',
    url: 'http://Conghua.localhost/X',
    unit_id: unit.id,
  })
  expect(await find('100%')).toEqual([one.name])
  expect(await find('a_b')).toEqual([one.name])
  expect(await find('CONGHUA.localhost/x')).toEqual([one.name])
  expect(await find(one.code)).toEqual([one.name])
  expect(await find('100_')).toEqual([])
})
