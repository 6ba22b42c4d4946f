import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWorkbook } from '../../../server/base/sheet/workbook.ts'
import { readRegister } from '../../../server/register/import/file/read.ts'
import { importRoutes } from '../../../server/register/import/routes.ts'
import { addOwnField } from '../../../server/register/own-fields/service.ts'
import { api } from '../../../shared/api.ts'
import type { RegisterImport } from '../../../shared/register/import/imports.ts'
import { newOwnField } from '../../../shared/register/own-fields/own-fields.ts'
import { type Client, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD } from '../../support/people.ts'
import { officeWorkbook } from '../../support/registers/workbook.ts'

let fresh: FreshDatabase
let http: TestHttp
let duty: Client
beforeAll(async () => {
  fresh = await freshDatabase()
  const people = await makePeople(fresh.db)
  http = await startHttp(fresh, { routers: (ctx) => [importRoutes(ctx)] })
  duty = await signedIn(http, 'duty', PASSWORD)
  const field = newOwnField.parse({ kind: 'day', section: 'watch', zh: '上线日期', en: 'Opened on' })
  await addOwnField(testContext(fresh), people.admin, field)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

async function checked(bytes: Buffer): Promise<RegisterImport> {
  const answer = await fetch(`${http.url}/api/imports?name=register&dryRun=true&area=440100`, {
    ...{ method: 'POST', body: new Uint8Array(bytes) },
    headers: { cookie: duty.cookie, 'content-type': 'application/octet-stream', 'accept-language': 'zh-CN' },
  })
  expect(answer.status).toBe(200)
  return api.importRegister.output.parse(await answer.json())
}
const applied = async ({ id }: RegisterImport, body = {}) => {
  const answer = await duty.post(`/api/imports/${id}/apply`, body)
  expect(answer.status).toBe(200)
  return api.applyImport.output.parse(await answer.json())
}
const wrongFile = async ({ id }: RegisterImport): Promise<Buffer> => {
  const answer = await duty.get(`/api/imports/${id}/wrong.xlsx?language=zh`)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}
const profileOf = async (code: string) =>
  (await fresh.db.selectFrom('site').select('profile').where('code', '=', code).executeTakeFirst())?.profile

describe('a register as offices have it', () => {
  const HEAD = ['网站标识码', '网站名称', '首页网址', '主管单位']

  it('has a title, a header of two rows with merged cells, several sheets, serial numbers and text numbers', async () => {
    const file = officeWorkbook({
      填表说明: [['请如实填写'], ['一、每个网站一行']],
      天河区: [
        ['广州市政府网站名录', null, null, null, null, null],
        [...HEAD, '负责人', null, '上线日期'],
        [null, null, null, null, '姓名', '办公电话', null],
        [
          '４４０１０６５００１',
          '甲',
          'ｈｔｔｐ://a.localhost/',
          '甲局',
          '张三',
          '020-1111 2222',
          { day: 43_591 },
        ],
        [null, null, null, null, null, null, null],
        [4401065002, '乙', 'http://b.localhost/', '乙局', null, null, '2019/5/6'],
      ],
      越秀区: [
        [...HEAD, '上线日期'],
        [
          '4401045001',
          '丙',
          { formula: '"http://c."&"localhost/"', is: 'http://c.localhost/' },
          '丙局',
          '2019年5月6日',
        ],
        ['4401045002', '丁', '没有网址', '丁局', null],
      ],
    })
    const report = await checked(file)
    expect(report.counts).toMatchObject({ new: 3, wrong: 1 })
    expect(report.rows).toMatchObject([{ line: 3, sheet: '越秀区', errors: [{ column: 'url' }] }])
    await applied(report, { skipBad: true })
    expect(await profileOf('4401065001')).toEqual({
      ...{ headName: '张三', headPhone: '020-1111 2222', own1: '2019-05-06' },
    })
    expect(await profileOf('4401065002')).toEqual({ own1: '2019-05-06' })
    expect(await profileOf('4401045001')).toEqual({ own1: '2019-05-06' })
    const again = await checked(file)
    expect(again.counts, 'the same file twice changes nothing').toMatchObject({ new: 0, changed: 0, same: 3 })
  })

  it('has its groups above the names of the columns', async () => {
    const lines =
      '基本信息,,,,负责人,\n网站标识码,网站名称,首页网址,主管单位,姓名,手机\n4401065003,甲,http://d.localhost/,甲局,李四,13800000000\n'
    const { rows, bad } = await readRegister(Buffer.from(lines))
    expect(bad).toEqual([])
    expect(rows).toMatchObject([{ line: 3, profile: { headName: '李四', headMobile: '13800000000' } }])
  })

  it('a code that a spreadsheet has rounded is said to be that', async () => {
    const { bad } = await readRegister(
      Buffer.from(`${HEAD.join()}\n4.40107E+09,甲,http://e.localhost/,甲局\n`),
    )
    expect(bad).toMatchObject([{ line: 2, column: 'code', reason: 'imports.roundedCode' }])
  })

  it('of a remark below the header nothing is made but a wrong row', async () => {
    const lines = `${HEAD.join()},平台\n,,,,填平台名称\n4401065004,甲,http://f.localhost/,甲局,市平台\n`
    const { rows, bad } = await readRegister(Buffer.from(lines))
    expect(rows).toMatchObject([{ platform: '市平台' }])
    expect(bad).toMatchObject([{ line: 2, reason: 'imports.cellEmpty' }])
  })
})

describe('the rows that are wrong', () => {
  it('come back as a workbook with the reasons, which is loaded again once it is mended', async () => {
    const lines = [
      '网站标识码,网站名称,首页网址,主管单位,备注,上线日期',
      '4401066001,戊网,http://g.localhost/,戊局,无,2020-01-01',
      '440106,己网,http://h.localhost/,己局,=1+1,2020-01-01',
      '4401066003,庚网,http://i.localhost/,庚局,,某天',
    ]
    const report = await checked(Buffer.from(lines.join('\n')))
    expect(report.counts).toMatchObject({ new: 1, wrong: 2 })
    const file = await wrongFile(report)
    const rows = await readWorkbook(file, 2 ** 20)
    expect(rows.map(({ record }) => record)).toEqual([
      ['有误原因（导入时不读）', '原文件行号（导入时不读）', ...(lines[0] ?? '').split(',')],
      [
        expect.stringContaining('网站标识码: '),
        3,
        '440106',
        '己网',
        'http://h.localhost/',
        '己局',
        '=1+1',
        '2020-01-01',
      ],
      [
        expect.stringContaining('上线日期: '),
        4,
        '4401066003',
        '庚网',
        'http://i.localhost/',
        '庚局',
        null,
        '某天',
      ],
    ])
    expect((await checked(file)).counts, 'not mended yet').toMatchObject({ new: 0, wrong: 2 })
    const mended = officeWorkbook({
      改正: rows.map(({ record }) =>
        record.map((cell) =>
          cell === '440106'
            ? '4401066002'
            : cell === '某天'
              ? '2020-02-02'
              : (cell as string | number | null),
        ),
      ),
    })
    const again = await checked(mended)
    expect(again.counts).toMatchObject({ new: 2, wrong: 0 })
    await applied(again)
    expect(await profileOf('4401066003')).toEqual({ own1: '2020-02-02' })
  })

  it('of each sheet stand under the names of their own columns', async () => {
    const head = ['网站标识码', '网站名称', '首页网址', '主管单位']
    const report = await checked(
      officeWorkbook({
        一: [
          [...head, '平台'],
          ['x', '甲', 'http://j.localhost/', '甲局', '市平台'],
        ],
        二: [
          ['平台', ...head],
          ['区平台', 'y', '乙', 'http://k.localhost/', '乙局'],
        ],
      }),
    )
    expect(report.rows.map(({ sheet }) => sheet)).toEqual(['一', '二'])
    const rows = await readWorkbook(await wrongFile(report), 2 ** 20)
    expect(rows.slice(1).map(({ record }) => record.slice(2))).toEqual([
      ['x', '甲', 'http://j.localhost/', '甲局', '市平台'],
      ['y', '乙', 'http://k.localhost/', '乙局', '区平台'],
    ])
  })

  it('are those of their own sheet, also where only the register shows that they are wrong', async () => {
    const head = ['网站标识码', '网站名称', '首页网址', '主管单位', '级别', '区县']
    const row = (n: number, level: string) => [
      ...[`440106670${n}`, `第${n}网`, `http://w${n}.localhost/`, '甲局', level, '天河区'],
    ]
    const report = await checked(officeWorkbook({ 一: [head, row(1, '街道')], 二: [head, row(2, '省')] }))
    expect(report.rows).toMatchObject([{ line: 2, sheet: '二', errors: [{ column: 'level' }] }])
    const rows = await readWorkbook(await wrongFile(report), 2 ** 20)
    expect(rows.slice(1).map(({ record }) => record[3])).toEqual(['第2网'])
  })

  it('are told of a sheet whose heading is nearly one; other sheets are passed over', async () => {
    const head = ['网站标识码', '网站名称', '首页网址', '主管单位']
    const report = await checked(
      officeWorkbook({
        说明: [['网站名称', '填写全称']],
        一: [head, ['4401066801', '独一网', 'http://only-one.localhost/', '独一局']],
        二: [['二组名录'], head.with(2, '地址栏'), ['4401066802', '乙', 'http://m.localhost/', '乙局']],
        三: [
          [...head, '网站名称'],
          ['4401066803', '丙', 'http://n.localhost/', '丙局', '丙'],
        ],
      }),
    )
    expect(report.counts).toMatchObject({ new: 1, wrong: 2 })
    expect(report.rows.map(({ sheet, line }) => `${sheet} ${line}`).sort()).toEqual(['三 1', '二 2'])
    expect(report.rows.flatMap(({ errors }) => errors.map(({ message }) => message)).join()).toMatch(/网址/)
  })

  it('are none of a file that cannot be read, and for nobody who loads no registers', async () => {
    const report = await checked(Buffer.from('这不是名录\n'))
    expect((await duty.get(`/api/imports/${report.id}/wrong.xlsx`)).status).toBe(409)
    const owner = await signedIn(http, 'owner', PASSWORD)
    expect((await owner.get(`/api/imports/${report.id}/wrong.xlsx`)).status).toBe(403)
  })
})
