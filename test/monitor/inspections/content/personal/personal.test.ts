import { expect, test } from 'vitest'
import { atOnce } from '../../../../../server/base/slices.ts'
import { personalData } from '../../../../../server/monitor/inspections/content/personal-data.ts'
import { coversIn, personalIn, withoutPersons } from '../../../../../server/monitor/persons/find.ts'
import { labelledPages, said } from '../../pages.ts'
import { CALLED_OTHER, CARD, ID, OTHER, SERIAL, SERIAL_HEADS, serials, WRITTEN } from '../personal.table.ts'
import { CONTACTS, NO_CONTACTS } from './contacts.ts'
import { list, page } from './forms.ts'

const TODAY = '2026-11-29'
/** It does publish an identity number. */
const PUBLISHES = 'gzdzhrss_com/gzdt__tzgg__202007__t20200702_61314308.html'

test('of real pages only the one is told that does publish an identity number, with its name covered', async () => {
  const found: string[] = []
  for (const { file, bytes } of labelledPages()) {
    const outcome = await said(personalData, bytes)
    if (outcome.outcome !== 'found') continue
    found.push(file)
    expect(outcome.problems[0]?.excerpt).toMatch(/^.\*\*, 男，身份证号码：522\*\*\*35/)
  }
  expect(found).toEqual(labelledPages().length > 0 ? [PUBLISHES] : [])
})

test('no number and no whole name is in anything that is kept', async () => {
  const rows = list(
    ['姓名', '身份证号', '手机', '备注'],
    ['李丽', ID, '13800138000', '座机02085551234'],
    ['张建国', OTHER, '13922223333', ''],
  )
  const outcome = await said(personalData, page(rows))
  const kept = JSON.stringify(outcome)
  for (const one of [
    ID,
    OTHER,
    '13800138000',
    '13922223333',
    '02085551234',
    '李丽',
    '张建国',
    ID.slice(6, 14),
  ])
    expect(kept).not.toContain(one)
  expect(kept).toContain('440***')
  expect(outcome).toMatchObject({
    problems: [
      { outline: null, detail: { count: 2 } },
      { outline: null, detail: { count: 2 } },
    ],
  })
})

test('nor is it where a page has them unseen', async () => {
  const outcome = await said(
    personalData,
    page(
      `<!-- 李丽 ${ID} 13800138000 --><p title="张建国 ${OTHER}">张建国</p><script>var a={n:"李丽",i:"${ID}"}</script>`,
    ),
  )
  const kept = JSON.stringify(outcome)
  for (const one of [ID, OTHER, '13800138000', '李丽', '张建国']) expect(kept).not.toContain(one)
  expect(outcome).toMatchObject({ problems: [{ detail: { kind: 'identity', count: 3 } }] })
})

test('a text of digits without end is looked through in linear time', () => {
  const text = '1 3 8 0 0 1 3 8 0 0 0 4 4 0 1 '.repeat(20_000)
  expect(personalIn(text, '2026-11-29')).toEqual([])
  // Each of these can be read as cards of sixteen and of eighteen digits from every second one on.
  expect(personalIn('4 2 '.repeat(2_000), '2026-11-29')).toEqual([])
  expect(personalIn('138 0013 8000 '.repeat(8_000), '2026-11-29')).toEqual([])
})

test('a line without end is looked through in time that its length takes, and its numbers are found all the same', () => {
  const row = '编号,13800138000,单位,'.repeat(3_000).replaceAll(',', '\t')
  expect(personalIn(row, '2026-11-29')).toEqual([])
  const found = personalIn(`${row}${ID}\t${row}李丽\t13922223333`, '2026-11-29')
  expect(found.map(({ kind }) => kind)).toContain('identity')
  expect(found.map(({ masked }) => masked)).toContain('139***33')
})

test("an office's serials are no identity numbers, though one in eleven has the right check digit", async () => {
  for (const head of SERIAL_HEADS) {
    const rows = serials(20).map((serial) => `${serial}\t设立登记\t2021-10-12`)
    expect(personalIn([`${head}\t事项\t日期`, ...rows].join('\n'), TODAY), head).toEqual([])
  }
  const unshown = `${serials(40).map((id) => `{"id":"${id}","title":"公告"}`)}`
  expect(personalIn(unshown, TODAY, true)).toEqual([])
  expect(personalIn(`var docId="${SERIAL}"`, TODAY, true)).toEqual([])
  // Of another century than any computer of an office, and in one column with numbers of the same day that are none.
  const old = serials(30, '19850612').map((serial) => `${serial}\t卷宗`)
  expect(personalIn(old.join('\n'), TODAY)).toEqual([])
})

test('a number that is not told because it may be a serial is covered in pictures and excerpts all the same', () => {
  expect(personalIn(SERIAL, TODAY)).toEqual([])
  expect(atOnce(coversIn(SERIAL, TODAY))).toMatchObject([{ from: 0, to: 18 }])
  expect(withoutPersons(SERIAL, TODAY)).toMatch(/^440\*\*\*/)
})

test('a number that is called one of identity is told among serials, and so is one beside a name', () => {
  const kinds = (text: string) => personalIn(text, TODAY).map(({ kind }) => kind)
  expect(kinds(['受理号\t身份证号', ...serials(20).map((one) => `${one}\t${ID}`)].join('\n'))).toHaveLength(
    20,
  )
  expect(kinds(`李丽 ${SERIAL}`)).toEqual(['identity'])
  expect(kinds(`公民身份号码：${SERIAL}`)).toEqual(['identity'])
})

test("whoever is asked for an office's sake is told by nobody, and whoever is not, is", async () => {
  for (const contact of CONTACTS)
    expect(await said(personalData, page(contact)), contact).toEqual({ outcome: 'clear' })
  for (const own of [
    '联系人：张三 13812345678',
    '天河区教育局公示\n家长：张三 13812345678',
    '姓名\t单位\t电话\n张三\t天河区教育局\t13812345678',
  ])
    expect(personalIn(own, '2026-11-29'), own).toHaveLength(1)
})

test('persons are found as notices, lists and old programs write them, and are covered where they are shown', async () => {
  for (const [body, kind] of WRITTEN) {
    const outcome = await said(personalData, page(body))
    const kinds = outcome.outcome === 'found' ? outcome.problems.map(({ detail }) => detail.kind) : []
    expect(kinds, body).toContain(kind)
  }
  for (const [text, shown] of [
    [
      '当事人：买买提·艾力，男，住址：龙洞路1号，联系电话：13812345678',
      '当事人：买**，男，住址：龙洞路1号，联系电话：138***78',
    ],
    ['姓名\t电话\n萨仁高娃\t13812345678', '姓名\t电话\n萨**\t138***78'],
    [`SFZ${ID}张三`, `SFZ440***${ID.slice(-2)}张**`],
    [`张三${ID}13812345678`, `张**440***${ID.slice(-2)}138***78`],
  ] as const)
    expect(withoutPersons(text, '2026-11-29')).toBe(shown)
})

/** A text with its tables, as it is read from a page. */
const textOf = (body: string) =>
  body
    .replace(/<\/t[dh]><t[dh]>/g, '\t')
    .replace(/<\/tr><tr>/g, '\n')
    .replace(/<\/p><p>/g, '\n')
    .replace(/<[^>]*>/g, '')

test('an identity number beside a name is told and covered, though it is called a number of something else', async () => {
  for (const body of CALLED_OTHER) {
    expect(await said(personalData, page(body)), body).toMatchObject({
      outcome: 'found',
      problems: [{ detail: { kind: 'identity' } }],
    })
    expect(withoutPersons(textOf(body), TODAY), body).not.toMatch(/\d{17}|李丽/)
    expect(atOnce(coversIn(textOf(body), TODAY)).length, body).toBeGreaterThan(1)
  }
  expect(withoutPersons(`统一社会信用代码：${ID}`, TODAY)).not.toContain(ID)
})

test('somebody who complains about a manager, or whose name might be a title, is told', async () => {
  for (const body of NO_CONTACTS)
    expect(await said(personalData, page(body)), body).toMatchObject({
      outcome: 'found',
      problems: [{ detail: { kind: 'mobile' } }],
    })
})

test("what speaks for an office uncovers nobody's telephone and name", () => {
  const shown = [
    '物业经理：李丽 13812345678',
    '反映物业经理打人，李丽 13812345678',
    '法律顾问：李丽 13812345678',
    '某某公司\n法定代表人：李丽，电话：13812345678',
    '1\t李丽\t13812345678\t律师\n2\t李丽\t13812345678\t无业',
    '驾校\t负责人\t电话\n某某驾校\t李丽\t13812345678',
    '李科 13812345678',
    '联系人：王工 13812345678',
    '户主：李主任 13812345678',
  ]
  for (const text of [...NO_CONTACTS.map(textOf), ...shown]) {
    expect(withoutPersons(text, TODAY), text).not.toMatch(/\d{11}|李丽|李科|王工|李主任/)
    expect(atOnce(coversIn(text, TODAY)).length, text).toBeGreaterThan(1)
  }
})

test('a card is covered though its holder is called as an office calls its own, or its row names a school', () => {
  for (const text of [`户名：李科 账号：${CARD}`, `某某小学\t${CARD}`, `李丽 订单号 ${CARD}`])
    expect(withoutPersons(text, TODAY), text).not.toContain(CARD)
})
