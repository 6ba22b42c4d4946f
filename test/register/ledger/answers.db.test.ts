import { afterAll, beforeAll, expect, test } from 'vitest'
import { answersByDistrict, unsettledSites } from '../../../server/register/ledger/answers.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'

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
