import type { DivisionTree } from '../../../server/register/divisions/tree.ts'
import { NATION } from '../../../shared/register/divisions/divisions-rules.ts'
import type { RegisterLine } from '../../support/registers/registers.ts'

/* Files that somebody can send as a register: a nation's own, and those that cost little to make and much to read. */

/** Sites of the nation's register at the last count. */
export const NATION_SITES = 84_094

const HEADER = '网站标识码,网站名称,首页网址,区县,主管单位'
const MB = 2 ** 20
const GOOD = '4401060001,天河区石牌街道办事处,http://spj.thnet.gov.cn/,,石牌街道办事处'

/** So many sites, spread over all counties of the nation as their codes go round. */
export function nationLines(tree: DivisionTree, count: number): RegisterLine[] {
  const counties = tree
    .parts(NATION)
    .flatMap((province) => tree.parts(province.code))
    .flatMap((city) => (city.level === 'district' ? [city] : tree.parts(city.code)))
    .filter(({ level, code }) => level === 'district' && /^\d{6}$/.test(code))
  return Array.from({ length: count }, (_, at) => {
    const county = counties[at % counties.length]
    if (!county) throw new Error('there are no counties')
    const serial = String(Math.floor(at / counties.length) + 1)
    const code = `${county.code}${serial.padStart(4, '0')}`
    const unit = serial === '1' ? `${county.name}人民政府办公室` : `${county.name}第${serial}局`
    const name = serial === '1' ? `${county.name}人民政府门户网站` : unit
    return { code, name, url: `http://s${code}.gov.cn/`, unit }
  })
}

/** One thing again and again, up to so many bytes. */
function flood(unit: string, bytes: number): Buffer {
  return Buffer.concat([
    Buffer.from(`${HEADER}\n`),
    Buffer.from(unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)))),
  ])
}

/** By name: the bytes of a file, of at most so many megabytes. */
export const HOSTILE_REGISTERS: { readonly [name: string]: (mb: number) => Buffer } = {
  'one huge quoted cell': (mb) => Buffer.concat([flood(`"${GOOD}`, mb * MB - 200), Buffer.from('"\n')]),
  'commas and no end': (mb) => flood(',', Math.min(mb * MB, 10_000_000)),
  'no line feed': (mb) => flood('4401060001', mb * MB),
  'a quotation mark that is never closed': (mb) =>
    Buffer.concat([Buffer.from('"'), flood(`${GOOD}\n`, mb * MB)]),
  'a header of 100,000 columns': () =>
    Buffer.from(Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')),
  'rows of 90,000 columns': (mb) => flood(`${',x'.repeat(45_000)}\n`, mb * MB),
  'blank lines': (mb) => flood('\n', mb * MB),
  'blank rows': (mb) => flood(',,,,\n', mb * MB),
  'rows of one character': (mb) => flood('x\n', mb * MB),
  'the same row': (mb) => flood(`${GOOD}\n`, mb * MB),
  'quotation marks': (mb) => flood('"', mb * MB),
  'quoted nothing': (mb) => flood('"",', mb * MB),
  'U+0000': (mb) => flood('\0', mb * MB),
  'carriage returns': (mb) => flood('\r', mb * MB),
  'bytes of no encoding': (mb) => Buffer.alloc(mb * MB, Buffer.from([0x41, 0xff, 0xff, 0x80])),
  'characters of GB18030': (mb) => Buffer.alloc(mb * MB, Buffer.from([0xcc, 0xec, 0xba, 0xd3, 0x0a])),
  'UTF-16 of nothing': (mb) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.alloc(2 * Math.floor((mb * MB) / 2))]),
}
