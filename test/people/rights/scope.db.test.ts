import { afterAll, beforeAll, expect, it } from 'vitest'
import { listUsers } from '../../../server/people/accounts/queries.ts'
import { within } from '../../../server/people/rights/scope.ts'
import { covers, type Scope, scopeOver } from '../../../shared/people/rights/rights.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite, makeUnit } from '../../support/make.ts'
import { addUser, makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  await makeSite(fresh.db, { unit_id: people.unitId })
  for (const district of ['440106', '440106', '440105', '4401-dept']) await makeSite(fresh.db, { district })
})
afterAll(() => fresh.drop())

it('SQL shows exactly the sites that `covers` says', async () => {
  const sites = await fresh.db.selectFrom('site').select(['id', 'district', 'unit_id']).execute()
  const scopes: Scope[] = [
    { kind: 'city' },
    ...['440106', '440105', '440104', '4401-dept', "' or true --"].map(
      (district): Scope => ({ kind: 'district', district }),
    ),
    ...[...sites.map((site) => site.unit_id), 999].map((unitId): Scope => ({ kind: 'unit', unitId })),
    scopeOver(['440106', '4401-dept'], []),
    scopeOver(['440104', '440105', '440106'], []),
    scopeOver(
      [],
      sites.slice(1, 4).map((site) => site.unit_id),
    ),
    scopeOver([], [999, ...sites.slice(0, 1).map((site) => site.unit_id)]),
  ]
  for (const scope of scopes) {
    const shown = await fresh.db.selectFrom('site').select('id').where(within(scope, 'site')).execute()
    const covered = sites.filter((site) => covers(scope, { district: site.district, unitId: site.unit_id }))
    expect(new Set(shown.map(({ id }) => id)), JSON.stringify(scope)).toEqual(
      new Set(covered.map(({ id }) => id)),
    )
  }
})

const names = async (scope: Scope, filter: { assignable?: boolean; district?: string } = {}) =>
  (
    await listUsers(fresh.db, scope, { assignable: filter.assignable ?? false, district: filter.district })
  ).map(({ name }) => name)

it('work in Tianhe can be given to the working group, the monitor, its office and its units', async () => {
  expect(await names({ kind: 'city' }, { assignable: true, district: '440106' })).toEqual([
    '王敏',
    '陈浩',
    '何静',
    '李晓燕',
    '张磊',
  ])
})

it('work in Haizhu cannot be given to Tianhe', async () => {
  expect(await names({ kind: 'city' }, { assignable: true, district: '440105' })).toEqual([
    '王敏',
    '陈浩',
    '何静',
    '黄海涛',
  ])
})

it('a district office sees nobody of another district, whatever it asks for', async () => {
  expect(await names(people.haizhu.scope)).not.toContain('李晓燕')
  expect(await names(people.haizhu.scope, { district: '440106' })).toEqual(
    await names(people.haizhu.scope, { district: '4401-dept' }),
  )
})

it('a unit sees itself, its district office and the city, not its neighbours', async () => {
  const neighbour = await makeUnit(fresh.db)
  expect(await names(people.owner.scope, { assignable: true })).toEqual([
    '王敏',
    '陈浩',
    '何静',
    '李晓燕',
    '张磊',
  ])
  expect(await names({ kind: 'unit', unitId: neighbour.id }, { assignable: true })).not.toContain('张磊')
})

it('who was disabled is offered to nobody', async () => {
  await fresh.db
    .updateTable('user_account')
    .set({ disabled_at: new Date() })
    .where('name', '=', '陈浩')
    .execute()
  expect(await names({ kind: 'city' })).not.toContain('陈浩')
})

it('who has two units or two districts is dealt with at each of them', async () => {
  const far = await makeUnit(fresh.db, { district: '440105' })
  const hash = { password_hash: 'none' }
  const both = scopeOver([], [people.unitId, far.id])
  await addUser(fresh.db, { username: 'both', name: '双单位', role: 'unit', ...hash }, both)
  const two = scopeOver(['440105', '440106'], [])
  await addUser(fresh.db, { username: 'two', name: '两区', role: 'district', ...hash }, two)
  for (const district of ['440105', '440106']) {
    expect(await names({ kind: 'city' }, { district })).toEqual(expect.arrayContaining(['双单位', '两区']))
  }
  expect(await names({ kind: 'city' }, { district: '440104' })).not.toContain('双单位')
  expect(await names({ kind: 'unit', unitId: far.id })).toEqual(
    expect.arrayContaining(['双单位', '两区', '黄海涛']),
  )
  expect(await names(both)).toEqual(expect.arrayContaining(['张磊', '李晓燕', '黄海涛']))
  expect(await names(two)).toEqual(expect.arrayContaining(['张磊', '李晓燕', '黄海涛', '双单位']))
})
