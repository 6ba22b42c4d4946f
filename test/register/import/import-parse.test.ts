import iconv from 'iconv-lite'
import { beforeAll, describe, expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import type { DivisionTree } from '../../../server/register/divisions/tree.ts'
import { readHeader } from '../../../server/register/import/file/columns.ts'
import type { BadRegisterRow } from '../../../server/register/import/file/parse.ts'
import { readRegister } from '../../../server/register/import/import.ts'
import { placeRegister } from '../../../server/register/import/plan/place.ts'
import { sayWrong } from '../../../server/register/import/report/say.ts'
import { GUANGZHOU, treeFor } from '../../support/registers/guangzhou.ts'

let tree: DivisionTree
beforeAll(async () => {
  tree = await treeFor(GUANGZHOU.code)
})
/** Read, and placed in Guangzhou. */
async function readAll(file: Uint8Array) {
  const read = await readRegister(file)
  const placed = atOnce(placeRegister(read.rows, { tree, area: GUANGZHOU.code, groups: new Set() }, {}))
  const rows = placed.rows.map(({ line: _line, division: _division, ...row }) => row)
  const bad = [...read.bad, ...placed.bad].sort((a, b) => a.line - b.line)
  return { rows, bad, questions: placed.questions }
}

const HEADER = '网站标识码,网站名称,首页网址,级别,区县,主管单位,平台,监测间隔'
const GOOD = '4401060001,天河区石牌街道办事处,http://spj.thnet.gov.cn/,街道,天河区,石牌街道办事处,天河云,300'
const bytes = (...lines: string[]) => Buffer.from(lines.join('\n'))
const reasonOf = ([first]: readonly BadRegisterRow[]) => first && sayWrong(first, 'en')
async function reasonsOf(...rows: string[]) {
  const { bad } = await readAll(bytes(HEADER, ...rows))
  return bad.map((row) => sayWrong(row, 'en'))
}

const SPJ = {
  code: '4401060001',
  name: '天河区石牌街道办事处',
  url: 'http://spj.thnet.gov.cn/',
  level: 'street',
  district: '440106',
  unit: '石牌街道办事处',
  platform: '天河云',
  intervalS: 300,
}

describe('what nobody means', () => {
  it('in a header costs no time: a cell of a million brackets names no column', () => {
    const began = process.cpuUsage().user
    expect(readHeader(['('.repeat(1_000_000), '网址'])).toMatchObject({ reason: 'imports.headerLacks' })
    expect((process.cpuUsage().user - began) / 1000).toBeLessThan(1000)
  })

  it.each(HEADER.split(','))('in the column %s is told as any other word that is wrong', async (column) => {
    const at = HEADER.split(',').indexOf(column)
    for (const word of Object.getOwnPropertyNames(Object.prototype)) {
      const cells = GOOD.split(',').with(at, word)
      const { rows, bad } = await readAll(bytes(HEADER, cells.join(',')))
      const said = [
        ...bad.map((row) => sayWrong(row, 'zh')),
        ...rows.map((row) => JSON.stringify(row)),
      ].join()
      expect(said, word).not.toMatch(/native code|undefined/)
      expect(rows.length + bad.length, word).toBeLessThanOrEqual(1)
      const isFree = ['网站名称', '主管单位', '平台', '区县'].includes(column)
      if (!isFree) expect(bad, word).toHaveLength(1)
    }
  })
})

describe('a register as spreadsheet programs save it', () => {
  const text = `${HEADER}\r\n${GOOD}\r\n`
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['GBK', iconv.encode(text, 'gbk')],
    ['GB18030 with a character beyond GBK', iconv.encode(`${text}`, 'gb18030')],
    ['UTF-16, which Excel calls Unicode text', iconv.encode(`\uFEFF${text}`, 'utf-16le')],
    ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
    ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
    ['quotes around everything', Buffer.from(text.replace(/[^,\r\n]+/g, '"$&"'))],
    ['old Macintosh line ends', Buffer.from(text.replaceAll('\r\n', '\r'))],
  ])('is read: %s', async (_name, file) => {
    expect(await readAll(file)).toEqual({ rows: [SPJ], bad: [], questions: [] })
  })

  it('may have characters that only GB18030 has', async () => {
    const file = iconv.encode(text.replace('石牌街道办事处', '㙍头街道办事处𠮷'), 'gb18030')
    expect((await readAll(file)).rows[0]?.name).toBe('天河区㙍头街道办事处𠮷')
  })

  it('may have English headers in any order and spelling, and columns that we do not need', async () => {
    const file = bytes(
      'Site_Code,ICP备案编号,URL,Name,District,Unit,Level,Platform,Interval,抽签号',
      '4401060001,粤ICP备1,http://spj.thnet.gov.cn/,天河区石牌街道办事处,Tianhe,石牌街道办事处,street,天河云,5min,7',
    )
    expect(await readAll(file)).toEqual({
      rows: [{ ...SPJ, profile: { icp: '粤ICP备1' } }],
      bad: [],
      questions: [],
    })
  })

  it('may be the national register: url地址, 级别(1省 2市 3县), 0非门户/1门户', async () => {
    const file = bytes(
      '网站标识码,网站名称,省,市,县,级别(1省 2市 3县),0非门户/1门户,url地址,网站主管单位',
      '4401000001,广州市人民政府,广东省,广州市,,2,1,http://www.gz.gov.cn/,广州市人民政府办公厅',
      '4401000059,广州市人社局,广东省,广州市,,2,0,http://www.hrssgz.gov.cn/,广州市人社局',
      '4401060001,天河区政府网,广东省,广州市,天河区,3,1,http://www.thnet.gov.cn/,天河区府办',
      '4401060002,天河区教育局,广东省,广州市,天河区,3,0,http://www.thjy.gov.cn/,天河区教育局',
    )
    const { rows, bad } = await readAll(file)
    expect(bad).toEqual([])
    expect(rows.map(({ district, level }) => `${district} ${level}`)).toEqual([
      '4401-portal city_portal',
      '4401-dept city_department',
      '440106 district_portal',
      '440106 district_department',
    ])
  })

  it('is refused with a sentence when it is a workbook, neither UTF-8 nor GBK, or empty', async () => {
    const reason = async (file: Uint8Array) => reasonOf((await readRegister(file)).bad)
    expect(await reason(Buffer.from('PK\x03\x04....'))).toMatch(/workbook.*save it as CSV/)
    expect(await reason(Buffer.from([0x41, 0xff, 0xff, 0x80, 0x0a]))).toMatch(/neither UTF-8 nor GBK/)
    expect(await reason(Buffer.from(''))).toMatch(/empty/)
    expect(await reason(Buffer.from('名称,网址\na,b'))).toMatch(/lacks 网站标识码 \/ code, 主管单位 \/ unit/)
    expect(await reason(bytes(`${HEADER},名称`, GOOD))).toMatch(/names "名称" twice/)
    expect(reasonOf((await readAll(bytes(HEADER, GOOD, '4401060002,"天河'))).bad)).toMatch(/cannot be split/)
  })
})

describe('what a register leaves out', () => {
  const derived = async (code: string, name: string, level = '', district = '') => {
    const row = `${code},${name},http://a.gov.cn/,${level},${district},某单位,,`
    const { rows, bad, questions } = await readAll(bytes(HEADER, row))
    return questions[0]?.key ?? reasonOf(bad) ?? `${rows[0]?.district} ${rows[0]?.level}`
  }
  it.each([
    ['4401060009', '天河区人民政府门户网站', '440106 district_portal'],
    ['4401060009', '天河区石牌街道办事处', '440106 street'],
    ['4401170009', '从化区太平镇人民政府', '440117 town'],
    ['4401060009', '天河区教育局', '440106 district_department'],
    ['4401000009', '广州市教育局', '4401-dept city_department'],
    ['4401000001', '广州市人民政府门户网站', '4401-portal city_portal'],
  ])('%s %s is %s', async (code, name, expected) => {
    expect(await derived(code, name)).toBe(expected)
  })

  it('a district may be written as name, short name, code or in English', async () => {
    for (const district of ['天河区', '天河', '440106', 'Tianhe', 'tianhe district', '广州市天河区']) {
      expect(await derived('4403920006', '某局', '', district), district).toBe('440106 district_department')
    }
    expect(await derived('4403920006', '某局', '', '市直部门')).toBe('4401-dept city_department')
    expect(await derived('bm55000001', '某局', '', '广州市')).toBe('4401-dept city_department')
  })

  it('nothing is made up where it does not follow', async () => {
    expect(await derived('4403920006', '某局')).toBe('code:440392')
    expect(await derived('4403920006', '某局', '', '福田区')).toBe('place:福田区')
    expect(await derived('4403040006', '某局')).toBe('outside:440304')
    expect(await derived('4401060001', '某局', '大区')).toMatch(/"大区" is not a level/)
    expect(await derived('4401060001', '某局', '省')).toMatch(/"省" does not fit the district "天河区"/)
    expect(await derived('4401060001', '某局', '市门户', '天河区')).toMatch(
      /"市门户" does not fit .*"天河区"/,
    )
    expect(await derived('4401000002', '某局', '街道', '市直部门')).toMatch(/"街道" does not fit/)
  })

  it('platform and interval may be empty', async () => {
    const { rows } = await readAll(bytes('code,name,url,unit', '4401060001,某局,https://a.gov.cn,某单位'))
    expect(rows[0]).toMatchObject({ platform: null, intervalS: null, url: 'https://a.gov.cn/' })
  })
})

describe('a bad row', () => {
  const row = (given: Partial<Record<'code' | 'name' | 'url' | 'unit' | 'interval', string>>) => {
    const cells = { code: '4401060002', name: '某局', url: 'http://a.gov.cn/', unit: '某单位', interval: '' }
    const { code, name, url, unit, interval } = { ...cells, ...given }
    return `${code},${name},${url},,,${unit},,${interval}`
  }
  it.each<[string, Parameters<typeof row>[0], RegExp]>([
    ['a code of nine digits', { code: '440106000' }, /"440106000" is not 10 digits/],
    [
      'a code that a spreadsheet has rounded',
      { code: '4.40106E+09' },
      /has rounded: its last digits are gone/,
    ],
    ['no name', { name: '' }, /name: is empty/],
    ['no unit', { unit: ' ' }, /unit: is empty/],
    ['an address of another kind', { url: 'ftp://a.gov.cn/' }, /begins with http/],
    ['a script for an address', { url: 'javascript:alert(1)' }, /begins with http/],
    ['no address at all', { url: 'www' }, /begins with http/],
    ['an address that cannot be parsed', { url: 'http://' }, /begins with http/],
    ['a password in the address', { url: 'http://u:p@a.gov.cn/' }, /user name or password/],
    ['a name of 201 characters', { name: '网'.repeat(201) }, /longer than 200/],
    ['a line break in a name', { name: '"某\n局"' }, /control character/],
    ['an interval of two seconds', { interval: '2' }, /between 5 and 3600/],
    ['an interval of two hours', { interval: '2h' }, /between 5 and 3600/],
    ['an interval in words', { interval: '经常' }, /between 5 and 3600/],
    ['a cell too many', { unit: '某单位,另一单位,第三,第四' }, /has 11 cells where the header has 8/],
  ])('%s', async (_name, cells, reason) => {
    expect(await reasonsOf(row(cells))).toEqual([expect.stringMatching(reason)])
  })

  it('of 200 characters is good', async () => {
    expect(await reasonsOf(row({ name: '网'.repeat(200) }))).toEqual([])
  })

  it('is told with its line, counted as an editor counts, and keeps no good row out', async () => {
    const file = bytes(HEADER, GOOD, '', row({ code: 'x' }), row({ name: '"a\nb"' }), row({ code: 'y' }))
    const { rows, bad } = await readAll(file)
    expect(rows.map(({ code }) => code)).toEqual(['4401060001'])
    expect(bad.map(({ line }) => line)).toEqual([4, 5, 7])
  })

  it('of a code that was there already names the line', async () => {
    const { rows, bad } = await readAll(bytes(HEADER, GOOD, row({}), GOOD))
    expect(rows).toHaveLength(2)
    expect(bad).toMatchObject([{ line: 4 }])
    expect(reasonOf(bad)).toBe('网站标识码 / code: 4401060001 is on line 2 already')
  })
})
