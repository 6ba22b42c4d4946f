import { zipSync } from 'fflate'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeUnit } from '../../support/make.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

/* An office keeps its people in a spreadsheet, and a spreadsheet has all that people do to one. */

let fresh: FreshDatabase
let http: TestHttp
let people: People
/** Made before anything is connected: it takes the whole loop for a while. */
const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(40 * 2 ** 20) }, { level: 1 })
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  await makeUnit(fresh.db, { name: '区属中学', district: '440106' })
  await makeUnit(fresh.db, { name: '区属中学', district: '440105' })
  await makeUnit(fresh.db, { name: '海珠区小学', district: '440105' })
  http = await startHttp(fresh)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const HEAD = '用户名,姓名,角色,区县,主管单位,办公电话,手机,邮箱\n'
const csv = (...rows: string[]) => `${HEAD}${rows.join('\n')}\n`

async function send(who: string, file: string | Uint8Array, { dryRun = false, language = 'zh' } = {}) {
  const { cookie } = await signedIn(http, who, PASSWORD)
  return fetch(`${http.url}/api/accounts/import?dryRun=${dryRun}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream', 'accept-language': language },
    body: typeof file === 'string' ? file : Buffer.from(file),
  })
}
type Answer = Awaited<ReturnType<typeof answerOf>>
async function answerOf(...given: Parameters<typeof send>) {
  const answer = await send(...given)
  expect(answer.status).toBe(200)
  return (await answer.json()) as {
    rows: { line: number; username: string; action: string; changes: string[]; reason: string | null }[]
    applied: boolean
    passwords: { username: string; name: string; password: string }[]
  }
}
const look = (who: string, file: string | Uint8Array, language = 'zh') =>
  answerOf(who, file, { dryRun: true, language })
const actions = ({ rows }: Answer) => rows.map(({ action }) => action)
const reasons = ({ rows }: Answer) => rows.map(({ reason }) => reason)
const countAccounts = async () => (await fresh.db.selectFrom('user_account').select('id').execute()).length

describe('a district imports its people', () => {
  const GOOD = csv(
    'sun-li,孙丽,网站主办单位,,天河区石牌街道办事处,020-00001234,,sun@x.example',
    'he-2,何少芬,区政务办,天河区,,,,',
    'xue,薛校长,网站主办单位,天河区,区属中学,,,',
  )

  it('is told what would become of each row, and nothing has', async () => {
    const before = await countAccounts()
    const answer = await look('tianhe', GOOD)
    expect(actions(answer)).toEqual(['create', 'create', 'create'])
    expect(answer).toMatchObject({ applied: false, passwords: [] })
    expect(await countAccounts()).toBe(before)
    expect(
      await fresh.db.selectFrom('audit').select('id').where('action', '=', 'user.created').execute(),
    ).toEqual([])
  })

  it('is told of columns of which nothing is taken, if there is something in them', async () => {
    const sheet =
      '用户名,姓名,角色,主管单位,办公室电话,备注,微信\n' +
      'sun-li,孙丽,网站主办单位,天河区石牌街道办事处,020-00001234,,sunli\n'
    expect(await look('tianhe', sheet)).toMatchObject({ ignored: ['办公室电话', '微信'] })
    expect(await look('tianhe', GOOD)).toMatchObject({ ignored: [] })
  })

  it('one bad row: each is named with its reason, and none is made', async () => {
    const before = await countAccounts()
    const answer = await answerOf(
      'tianhe',
      `${GOOD}far,远,区政务办,海珠区,,,,\nnobody,无,网站主办单位,,没有的单位,,,\n`,
    )
    expect(actions(answer)).toEqual(['create', 'create', 'create', 'refuse', 'refuse'])
    expect(reasons(answer).slice(3)).toEqual(['只能管理本地区及其单位的账号。', '没有这个单位：没有的单位。'])
    expect(answer).toMatchObject({ applied: false, passwords: [] })
    expect(await countAccounts()).toBe(before)
  })

  it('all are made at once, with first passwords that work; the same file again changes nothing', async () => {
    const answer = await answerOf('tianhe', GOOD)
    expect(answer.applied).toBe(true)
    expect(answer.passwords.map(({ username }) => username)).toEqual(['sun-li', 'he-2', 'xue'])
    const [first] = answer.passwords
    const sun = await signedIn(http, 'sun-li', first?.password ?? '')
    expect(await (await sun.get('/api/session')).json()).toMatchObject({
      name: '孙丽',
      mustChangePassword: true,
      scope: { kind: 'unit', unitId: people.unitId },
    })
    const audited = () =>
      fresh.db.selectFrom('audit').select('id').where('action', 'like', 'user.c%').execute()
    const before = (await audited()).length
    const again = await answerOf('tianhe', GOOD)
    expect(actions(again)).toEqual(['same', 'same', 'same'])
    expect(again.passwords).toEqual([])
    expect((await audited()).length).toBe(before)
  })

  it('a row that differs changes what differs; an empty cell leaves what is there', async () => {
    const answer = await answerOf(
      'tianhe',
      csv('sun-li,孙莉,网站主办单位,,天河区石牌街道办事处,,13000001234,'),
    )
    expect(answer.rows).toMatchObject([{ action: 'change', changes: ['name', 'mobile'] }])
    const sun = await fresh.db
      .selectFrom('user_account')
      .select(['name', 'phone', 'mobile', 'mail'])
      .where('username', '=', 'sun-li')
      .executeTakeFirst()
    expect(sun).toEqual({ name: '孙莉', phone: '020-00001234', mobile: '13000001234', mail: 'sun@x.example' })
  })

  it('so does a field that a form leaves out', async () => {
    const admin = await signedIn(http, 'admin', PASSWORD)
    const sun = await fresh.db
      .selectFrom('user_account')
      .select('id')
      .where('username', '=', 'sun-li')
      .executeTakeFirstOrThrow()
    const given = { name: '孙莉', role: 'unit', unitId: people.unitId, mobile: '' }
    expect((await admin.post(`/api/users/${sun.id}`, given)).status).toBe(200)
    const after = await fresh.db
      .selectFrom('user_account')
      .select(['phone', 'mobile', 'mail'])
      .where('id', '=', sun.id)
      .executeTakeFirst()
    expect(after).toEqual({ phone: '020-00001234', mobile: '', mail: 'sun@x.example' })
  })

  it('touches nobody of another district, of the city, or above itself', async () => {
    const answer = await look(
      'tianhe',
      csv(
        'haizhu,改,区政务办,天河区,,,,',
        'admin,改,只读,天河区,,,,',
        'boss,新,系统管理员,,,,,',
        'eye,新,只读,全市,,,,',
        'far,新,网站主办单位,,海珠区小学,,,',
      ),
    )
    expect(new Set(actions(answer))).toEqual(new Set(['refuse']))
  })

  it('全区 in a city is no district and not the city either', async () => {
    const answer = await look('admin', csv('eye,新,只读,全区,,,,', 'eye-2,新,只读,全市,,,,'))
    expect(actions(answer)).toEqual(['refuse', 'create'])
    expect(reasons(answer)[0]).toContain('全区')
  })
})

describe('what people do to a sheet', () => {
  it('is read: a title, blank rows, other names of columns, full-width digits, several places, GBK', async () => {
    const text = [
      '广州市网站账号登记表,,,,,',
      '账号,姓名,角色,区,单位,手机号码',
      ',,,,,',
      'ＬＩＮ０１,林志,只读,天河区、海珠,,１３０００００９９９９',
      '',
    ].join('\r\n')
    for (const file of [
      text,
      iconv.encode(text, 'gb18030'),
      iconv.encode(text, 'utf-16le', { addBOM: true }),
    ]) {
      const answer = await look('admin', file)
      expect(answer.rows).toMatchObject([{ line: 4, username: 'lin01', action: 'create', reason: null }])
    }
    await answerOf('admin', text)
    const lin = await fresh.db
      .selectFrom('user_account')
      .selectAll()
      .where('username', '=', 'lin01')
      .executeTakeFirstOrThrow()
    expect(lin).toMatchObject({ mobile: '13000009999', districts: ['440106', '440105'] })
  })

  it('is refused by row, with a reason in the language of the reader', async () => {
    const file = csv(
      'a,一,只读,全市,,,,',
      'two,,只读,全市,,,,',
      'three,三,超级,全市,,,,',
      'four,四,只读,,,,,',
      'five,五,区政务办,,,,,',
      'six,六,网站主办单位,,区属中学,,,',
      'seven,七,只读,全市,,电话,,',
      'eight,八,只读,全市,,,,不是邮箱',
      'nine,九,只读,全市,,,,',
      'NINE,九,只读,全市,,,,',
      'ten,十,普查工作小组,天河区,,,,',
      'eleven,\uFFFD,只读,全市,,,,',
      'twelve,十二,只读,不是区,,,,',
    )
    const zh = reasons(await look('admin', file))
    expect(zh).toEqual([
      expect.stringContaining('用户名须为'),
      expect.stringContaining('姓名须为'),
      expect.stringContaining('角色须为其一：系统管理员'),
      expect.stringContaining('或“全市”'),
      expect.stringContaining('须填写区县'),
      expect.stringContaining('有几个单位都叫 区属中学'),
      '办公电话有误。',
      '邮箱有误。',
      null,
      '用户名与第 10 行重复。',
      '此角色不能限于这个地区或单位。',
      expect.stringContaining('乱码'),
      '没有这个地区：不是区。',
    ])
    const en = reasons(await look('admin', file, 'en'))
    for (const reason of en) expect(reason ?? '').not.toMatch(/[。！]/)
  })

  it('a workbook: numbers as telephones, merged cells, formulas', async () => {
    const text = (value: string) => ({ value, type: String })
    const head = ['用户名', '姓名', '角色', '区县', '手机'].map(text)
    const book = await writeXlsx([
      {
        data: [
          head,
          [
            text('num'),
            text('数字'),
            text('只读'),
            { ...text('天河区'), rowSpan: 2 },
            { value: 13_000_004_321, type: Number },
          ],
          [text('merged'), text('合并'), text('只读'), null, null],
          [null, null, null, null, null],
          [text('formula'), { value: '=1+1', type: 'Formula' }, text('只读'), text('全市'), null],
        ],
      },
    ]).toBuffer()
    const answer = await look('admin', book)
    expect(answer.rows).toMatchObject([
      { line: 2, username: 'num', action: 'create' },
      { line: 3, username: 'merged', action: 'refuse', reason: expect.stringContaining('须填写区县') },
      { line: 5, username: 'formula', action: 'refuse', reason: expect.stringContaining('姓名须为') },
    ])
  })

  it('half a character and what a spreadsheet would run are never stored as such', async () => {
    const half = iconv.encode(csv('half,\uD840,只读,全市,,,,'), 'utf-16le', { addBOM: true })
    expect(actions(await look('admin', half))).toEqual(['refuse'])
    const plus = await look('admin', csv("plus,加,只读,全市,,'+86 20 00001234,,"))
    expect(actions(plus)).toEqual(['create'])
  })

  it.each<[string, () => Uint8Array | string, number, string]>([
    ['no columns of ours', () => 'a,b\n1,2\n', 400, '首行缺少列：用户名、姓名、角色'],
    ['only a header', () => HEAD, 400, '表中没有账号'],
    ['nothing', () => '', 400, '首行缺少列'],
    ['an old workbook', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 400, '旧版 .xls'],
    ['a broken workbook', () => Buffer.from('PK\x03\x04 no zip at all', 'latin1'), 400, '无法读取这个工作簿'],
    ['twenty megabytes', () => Buffer.alloc(20 * 2 ** 20, 'a'), 413, '文件太大，每个不超过 2 MB'],
    [
      'too many rows',
      () => csv(...Array.from({ length: 1001 }, (_, n) => `p${n},人,只读,全市,,,,`)),
      413,
      '一次最多导入 1000 个账号',
    ],
  ])('a file that is %s is refused whole', async (_name, file, status, detail) => {
    const answer = await send('admin', file())
    expect(answer.status).toBe(status)
    expect((await answer.json()).detail).toContain(detail)
  })

  it('a workbook that unpacks to much more than it is, is refused before it does', async () => {
    const answer = await send('admin', bomb)
    expect(answer.status).toBe(413)
    expect((await answer.json()).detail).toContain('展开后太大')
  })
})
