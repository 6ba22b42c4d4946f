import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { addUser } from '../../support/people.ts'
import { patient } from '../../support/run/patience.ts'
import { attackReading, attackRegister, type RegisterTry } from './attack.ts'

/* The short form of `npm run test:hostile -- --only registers`. */

let fresh: FreshDatabase
let ctx: TestContext

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())

const late = (tries: readonly RegisterTry[]) =>
  tries
    .filter(({ longest }) => longest.cpuMs > 100)
    .map(({ name, longest }) => `${name}: ${longest.cpuMs} ms`)
const outcomes = (tries: readonly RegisterTry[]) =>
  Object.fromEntries(tries.map(({ name, came }) => [name, came]))

it('no file that somebody sends as a register holds up everybody else; what is too much is refused in words', {
  timeout: patient(120_000),
}, async () => {
  const tries = await attackReading(0.2)
  expect(late(tries)).toEqual([])
  expect(outcomes(tries)).toMatchObject({
    'commas and no end': 'sheets.rowIsTooLong',
    'no line feed': 'sheets.rowIsTooLong',
    'a quotation mark that is never closed': 'sheets.rowIsTooLong',
    'a header of 100,000 columns': 'sheets.rowIsTooLong',
    'rows of 90,000 columns': 'sheets.tooManyColumns',
    'one huge quoted cell': '0 rows, sheets.cannotSplit',
  })
})

it('nor does what becomes of a whole register: counted, compared, asked about, loaded', {
  timeout: patient(120_000),
}, async () => {
  const who = { username: 'admin', name: '吴刚', role: 'admin', password_hash: '' } as const
  const user = await addUser(fresh.db, who, { kind: 'city' })
  const tries = await attackRegister(ctx, user, 1_500)
  expect(late(tries)).toEqual([])
  expect(outcomes(tries)).toMatchObject({
    'the nation, loaded': expect.stringContaining('"new":1500'),
    'the nation again': expect.stringContaining('"same":1500'),
    // A thousand at a time are asked.
    'all codes changed': expect.stringContaining('"waiting":1500'),
  })
})
