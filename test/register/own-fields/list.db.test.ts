import { afterAll, beforeAll, expect, it } from 'vitest'
import { exportRegister } from '../../../server/register/ledger/export.ts'
import { ownValuesOf } from '../../../server/register/own-fields/queries.ts'
import { addOwnField, changeOwnField } from '../../../server/register/own-fields/service.ts'
import { listSites } from '../../../server/register/sites/queries.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { newOwnField, type OwnField, ownFieldEdit } from '../../../shared/register/own-fields/own-fields.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let grade: OwnField
let host: OwnField
let sites: readonly MadeSite[]
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  const add = (given: object) =>
    addOwnField(ctx, people.admin, newOwnField.parse({ section: 'filing', ...given }))
  const choices = ['二级', '三级'].map((zh) => ({ zh, en: `Level of ${zh}` }))
  grade = await add({ kind: 'choice', zh: '等保定级', en: 'Grade', choices })
  host = await add({ kind: 'text', zh: '机房', en: 'Machine room' })
  const site = (said: object, district: string) =>
    makeSite(fresh.db, { district, division: district, profile: JSON.stringify(said) })
  sites = [
    await site({ [grade.key]: 'c1', [host.key]: '东莞机房' }, '440106'),
    await site({ [grade.key]: 'c2' }, '440105'),
    await site({ [host.key]: '东风机房' }, '440106'),
  ]
})
afterAll(() => fresh.drop())

const find = async (own: string, ownValue?: string, who: Principal = people.duty) => {
  const { items } = await listSites(fresh.db, who.scope, { own, ownValue }, { limit: 10 })
  return items.map(({ id }) => sites.findIndex((one) => one.id === id))
}

it('sites are found by what they say in a field of our own, or that they say nothing', async () => {
  expect(await find(grade.key, 'c1')).toEqual([0])
  expect(await find(host.key, '机房')).toEqual([0, 2])
  expect(await find(host.key, '东%')).toEqual([])
  expect(await find(grade.key)).toEqual([2])
  expect(await find('own999', 'c1')).toEqual([])
  expect(await find(grade.key, 'c2', people.tianhe), 'within the own scope alone').toEqual([])
})

it('the register is taken along as far as it is filtered so', async () => {
  const lines: string[] = []
  const filter = { own: grade.key, ownValue: 'c2' }
  for await (const piece of exportRegister(ctx, people.duty, filter, { format: 'csv', language: 'zh' })) {
    lines.push(String(piece))
  }
  const text = lines.join('')
  expect(text).toContain(sites[1]?.code)
  expect(text).not.toContain(sites[0]?.code)
})

it('a list has what its sites say in columns, of the own scope and of fields that are asked for', async () => {
  const both = [grade.key, host.key]
  const { values } = await ownValuesOf(fresh.db, people.tianhe.scope, both)
  expect(values).toEqual({
    [sites[0]?.id ?? 0]: { [grade.key]: 'c1', [host.key]: '东莞机房' },
    [sites[2]?.id ?? 0]: { [host.key]: '东风机房' },
  })
  const one = sites.slice(1).map(({ id }) => id)
  expect((await ownValuesOf(fresh.db, people.tianhe.scope, both, one)).values, 'of those it lists').toEqual({
    [sites[2]?.id ?? 0]: { [host.key]: '东风机房' },
  })
  await changeOwnField(ctx, people.admin, host.id, ownFieldEdit.parse({ ...host, retired: true }))
  expect((await ownValuesOf(fresh.db, people.duty.scope, both)).values[sites[0]?.id ?? 0]).toEqual({
    [grade.key]: 'c1',
  })
  expect(await find(host.key, '机房')).toEqual([])
})
