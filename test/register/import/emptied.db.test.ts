import { afterAll, beforeAll, expect, it } from 'vitest'
import { changeDivision } from '../../../server/register/divisions/service.ts'
import type { DivisionTree } from '../../../server/register/divisions/tree.ts'
import { sayEmptied } from '../../../server/register/import/report/say.ts'
import { applyImport, checkRegister } from '../../../server/register/import/service.ts'
import { mergeUnits } from '../../../server/register/units/merges/service.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { addUser } from '../../support/people.ts'
import { treeFor } from '../../support/registers/guangzhou.ts'
import { foshan, type RegisterLine, registerFile } from '../../support/registers/registers.ts'

const [GONE, INTO] = ['440608', '440607']

let fresh: FreshDatabase
let ctx: TestContext
let admin: User
let tree: DivisionTree
let all: RegisterLine[]
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  const given = { username: 'admin', name: '吴刚', role: 'admin' as const, password_hash: '' }
  admin = (await addUser(fresh.db, given, { kind: 'city' })) as User
  tree = await treeFor('440600')
  all = foshan(tree)
  await load(all)
})
afterAll(() => fresh.drop())

const check = (lines: readonly RegisterLine[]) =>
  checkRegister(ctx, admin, { name: '名录.csv', bytes: registerFile(lines), area: null })
async function load(lines: readonly RegisterLine[], answers = {}) {
  const { id } = await check(lines)
  return applyImport(ctx, admin, id, { answers, skipBad: false })
}
const of = (code: string) => all.filter((line) => line.code.startsWith(code))

it('a file that changes nothing, or where some sites of a unit stay, leaves no unit without sites', async () => {
  expect(await check(all)).not.toHaveProperty('emptied')
  const [one] = of(GONE)
  const joined = all.map((line) => (line === one ? { ...line, unit: of(GONE)[1]?.unit ?? '' } : line))
  const { emptied } = await check(joined)
  expect(emptied?.map(({ name }) => name)).toEqual([one?.unit])
  const second = { ...(one as RegisterLine), code: `${GONE}9901`, url: 'http://second.gov.cn/' }
  expect(await check([...joined, second]), 'it has a new one').not.toHaveProperty('emptied')
})

it('a site that is closed leaves its unit, and there is nothing to be merged', async () => {
  const lines = all.filter((line) => line !== of(INTO)[0])
  const { id } = await check(lines)
  const report = await applyImport(ctx, admin, id, { answers: { missing: 'closed' }, skipBad: false })
  expect(report).not.toHaveProperty('emptied')
})

it('the units of a district that went into another are told of before and after it is loaded, with where their sites went', async () => {
  const division = await fresh.db
    .selectFrom('division')
    .select(['name', 'name_en as nameEn', 'parent', 'version'])
    .where('code', '=', GONE)
    .executeTakeFirstOrThrow()
  const parent = division.parent ?? ''
  await changeDivision(ctx, admin, GONE, { ...division, parent, level: 'district', successor: INTO })
  const moving = new Set(of(GONE).map(({ unit }) => unit))
  const checked = await check(all)
  expect(checked.emptied?.map(({ name }) => name).sort()).toEqual([...moving].sort())
  const [first] = checked.emptied ?? []
  expect(first).toMatchObject({
    place: { code: GONE, name: '高明区' },
    into: [{ name: first?.name, place: { code: INTO, name: '三水区' }, sites: 1 }],
  })
  if (first)
    expect(sayEmptied(first)).toBe(
      `! ${first.name} (高明区) has no sites after this: 1 to ${first.name} (三水区)`,
    )
  const applied = await applyImport(ctx, admin, checked.id, { answers: { missing: 'keep' }, skipBad: false })
  expect(applied.emptied).toEqual(checked.emptied)
  expect(await check(all), 'the same file again empties none').not.toHaveProperty('emptied')

  const stays = await fresh.db
    .selectFrom('unit')
    .select('id')
    .where('name', '=', first?.name ?? '')
    .where('district', '=', INTO)
    .executeTakeFirstOrThrow()
  const merged = await mergeUnits(ctx, admin, first?.id ?? 0, { intoId: stays.id, reason: '区划撤并' })
  expect(merged.mergedInto?.unit).toEqual({ id: stays.id, name: first?.name })
})
