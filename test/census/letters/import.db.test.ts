import { afterAll, beforeAll, expect, it } from 'vitest'
import { importLetters } from '../../../server/census/letters/import/import.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

const UNIT = '天河区石牌街道办事处'
const HEAD = '编号,类型,收到日期,标题,内容,承办单位,转办日期,答复日期,满意度,是否公开,姓名,电话'
const sheet = (...rows: string[]) => Buffer.from([HEAD, ...rows].join('\n'))
const send = (bytes: Buffer, isDry = false, who = people.duty) => importLetters(ctx, who, bytes, isDry)
const count = async () =>
  Number(
    (
      await fresh.db
        .selectFrom('letter')
        .select((eb) => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )

it('a sheet of letters is looked at first, then recorded whole; sent again it changes nothing', async () => {
  const good = sheet(
    `A1,情况反映,2026年2月2日,路灯不亮,石牌西路,${UNIT},2026/2/3,2026-02-10,非常满意,是,陈先生,13800000000`,
    `A2,咨询,2026-03-02,办证地点,在哪里办,${UNIT},,,,否,,`,
    `A3,表扬,2026-03-03,感谢,很好,,,,,,李女士,`,
  )
  expect(await send(good, true)).toMatchObject({ counts: { new: 3, same: 0, wrong: 0 }, applied: false })
  expect(await count()).toBe(0)
  expect(await send(good)).toMatchObject({ counts: { new: 3 }, applied: true })
  const first = await fresh.db
    .selectFrom('letter')
    .selectAll()
    .where('reference', '=', 'A1')
    .executeTakeFirstOrThrow()
  expect(first).toMatchObject({
    state: 'answered',
    first_answered_on: '2026-02-10',
    rating: 5,
    published_on: '2026-03-10',
  })
  expect(await send(good)).toMatchObject({ counts: { new: 0, same: 3, wrong: 0 } })
  expect(await count()).toBe(3)
})

it('one row that is wrong keeps all of them back, and each says what is wrong in which column', async () => {
  const before = await count()
  const { counts, rows } = await send(
    sheet(
      `B1,建议,2026-03-02,好的,正文,${UNIT},,,,,,`,
      `B2,举报,2026-13-02,坏的,正文,${UNIT},,,6,也许,,`,
      `B3,建议,2026-03-02,早答,正文,${UNIT},,2026-03-01,,,,`,
      `B4,建议,2026-03-02,无此单位,正文,某单位,,,,,,`,
    ),
  )
  expect(counts).toEqual({ new: 1, same: 0, wrong: 3 })
  expect(rows.map(({ line, errors }) => [line, ...errors.map(({ reason }) => reason)])).toEqual([
    [3, 'letters.cell.kind', 'letters.cell.rating', 'letters.cell.yesNo', 'letters.cell.day'],
    [4, 'letters.repliedBefore'],
    [5, 'letters.noSuchUnit'],
  ])
  expect(rows.map(({ errors }) => errors.at(-1)?.column)).toEqual(['收到日期', '答复日期', '承办单位'])
  expect(await count()).toBe(before)
})

it('what is public by the sheet of a district is recorded unpublished, and it is told so: letters are published by the working group', async () => {
  const rows = (serial: string) => [
    `P${serial}1,建议,2026-02-02,绿道照明${serial},正文,${UNIT},2026-02-03,2026-02-10,,是,陈先生,`,
    `P${serial}2,建议,2026-02-02,绿道座椅${serial},正文,${UNIT},2026-02-03,2026-02-10,,否,陈先生,`,
  ]
  const told = { counts: { new: 2, same: 0, wrong: 0 }, unpublished: 1 }
  expect(await send(sheet(...rows('A')), true, people.tianhe)).toMatchObject({ ...told, applied: false })
  expect(await send(sheet(...rows('A')), false, people.tianhe)).toMatchObject({ ...told, applied: true })
  expect(await send(sheet(...rows('A')), true, people.tianhe)).toMatchObject({ unpublished: 0 })
  expect(await send(sheet(...rows('B')))).toMatchObject({ counts: { new: 2 }, unpublished: 0 })
  const stored = await fresh.db
    .selectFrom('letter as l')
    .select(['l.reference', 'l.state', 'l.published_on'])
    .select((eb) =>
      eb
        .selectFrom('letter_step as s')
        .select((of) => of.fn.countAll<number>().as('n'))
        .whereRef('s.letter_id', '=', 'l.id')
        .where('s.step', '=', 'publish')
        .as('published'),
    )
    .where('l.reference', 'in', ['PA1', 'PA2', 'PB1', 'PB2'])
    .orderBy('l.reference')
    .execute()
  expect(stored.map((one) => [one.reference, one.state, one.published_on, Number(one.published)])).toEqual([
    ['PA1', 'answered', null, 0],
    ['PA2', 'answered', null, 0],
    ['PB1', 'answered', '2026-03-10', 1],
    ['PB2', 'answered', null, 0],
  ])
})

it('a district records for its own units alone; what is no sheet of letters is refused', async () => {
  const row = `C1,建议,2026-03-02,广场,正文,${UNIT},,,,,,`
  expect(await send(sheet(row), true, people.tianhe)).toMatchObject({ counts: { new: 1 } })
  expect(await send(sheet(row, 'C2,建议,2026-03-02,无单位,正文,,,,,,,'), true, people.haizhu)).toMatchObject({
    counts: { wrong: 2 },
  })
  await refused(send(Buffer.from('姓名,电话\n陈,1')), 'invalid')
  await refused(send(sheet()), 'invalid')
})
