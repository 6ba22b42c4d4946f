import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerersOf, findAnswerers } from '../../../server/register/ledger/answers/answerers.ts'
import { answersByDistrict, unsettledSites } from '../../../server/register/ledger/answers/answers.ts'
import { answersProgress, keepAnswers } from '../../../server/register/ledger/answers/progress.ts'
import { findRecord } from '../../../server/register/ledger/queries.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite, makeUnit } from '../../support/make.ts'

let fresh: FreshDatabase
const CITY = { kind: 'city' } as const
const one = (given: object = {}) =>
  JSON.stringify({ builders: ['甲'], operators: ['甲'], supervisors: ['乙'], maintainers: ['丙'], ...given })
beforeAll(async () => {
  fresh = await freshDatabase()
  await makeSite(fresh.db, { profile: one() })
  await makeSite(fresh.db, { profile: one({ operators: ['甲', '丁'] }) })
  await makeSite(fresh.db, { profile: '{}', district: '440105' })
  await makeSite(fresh.db, { profile: '{}', lifecycle: 'closed' })
})
afterAll(() => fresh.drop())

test('sites with nobody or several to a question are counted by district; those that are closed are not', async () => {
  expect(await answersByDistrict(fresh.db, CITY)).toMatchObject([
    { district: '440105', sites: 1, settled: 0, questions: { builders: { none: 1, several: 0 } } },
    { district: '440106', sites: 2, settled: 1, questions: { operators: { none: 0, several: 1 } } },
  ])
  const tianhe = { kind: 'district', district: '440106' } as const
  expect(await answersByDistrict(fresh.db, tianhe), 'a district sees its own').toHaveLength(1)
})

test('and found by question and by what is wrong, with who is named', async () => {
  const of = async (filter: object, limit = 10) => {
    const { items, total } = await unsettledSites(fresh.db, CITY, filter, { limit })
    return [total, items.map(({ answers }) => answers.operators)]
  }
  expect(await of({})).toEqual([2, [['甲', '丁'], []]])
  expect(await of({ gap: 'several' })).toEqual([1, [['甲', '丁']]])
  expect(await of({ question: 'builders', gap: 'several' })).toEqual([0, []])
  expect(await of({ district: '440105', question: 'operators', gap: 'none' })).toEqual([1, [[]]])
  expect((await of({}, 1))[0], 'the number is of all').toBe(2)
})

test('how it stands is kept for each day, and read back by district as far as somebody sees it', async () => {
  const now = TUESDAY
  const ctx = { db: fresh.db }
  await keepAnswers(ctx, now - DAY)
  const settled = await makeSite(fresh.db, { profile: one() })
  await keepAnswers(ctx, now)
  await fresh.db.updateTable('site').set({ profile: '{}' }).where('id', '=', settled.id).execute()
  await keepAnswers(ctx, now + MINUTE)
  const read = (scope: Scope, asked: object = {}) =>
    answersProgress(fresh.db, scope, { days: 30, ...asked }, now)
  const [before, today] = await read(CITY)
  expect(before).toMatchObject({ day: '2026-03-09', sites: 3, settled: 1, unanswered: 1, contested: 1 })
  expect(today, 'not counted again within half an hour').toMatchObject({
    sites: 4,
    settled: 2,
    unanswered: 1,
  })
  await keepAnswers(ctx, now + HOUR)
  expect((await read(CITY))[1], 'what was kept of the day before is over').toMatchObject({
    settled: 1,
    unanswered: 2,
  })
  expect(await read(CITY, { district: '440105' })).toMatchObject([{ sites: 1 }, { sites: 1 }])
  expect(await read({ kind: 'district', district: '440106' })).toMatchObject([{ sites: 2 }, { sites: 3 }])
  expect(await read({ kind: 'unit', unitId: 1 }), 'a unit sees no figures of a district').toEqual([])
  expect(await read(CITY, { days: 1 })).toHaveLength(1)
})

test('who answers is found among units, by name or pinyin, and among firms that sites have named', async () => {
  const unit = await makeUnit(fresh.db, { name: '海珠区信息中心', district: '440105' })
  const site = await makeSite(fresh.db, {
    ...{ district: '440105', profile: one({ operators: [unit.name], maintainers: ['信息通公司'] }) },
  })
  expect(await findAnswerers(fresh.db, '信息')).toEqual([
    { name: '海珠区信息中心', unitId: unit.id },
    { name: '信息通公司', unitId: null },
  ])
  expect(await findAnswerers(fresh.db, 'hzqxxzx')).toEqual([{ name: '海珠区信息中心', unitId: unit.id }])
  expect(await findAnswerers(fresh.db, '%')).toEqual([])
  const row = await findRecord(fresh.db, CITY, site.id)
  const known = row ? await answerersOf(fresh.db, row) : []
  expect(known).toContainEqual({ name: '海珠区信息中心', unitId: unit.id })
  expect(known).toContainEqual({ name: '信息通公司', unitId: null })
})
