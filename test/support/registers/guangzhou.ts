import { chinaDivisions } from '../../../server/register/divisions/china.ts'
import { DivisionTree, ownGroupDivision } from '../../../server/register/divisions/tree.ts'
import type { NamedPlace } from '../../../shared/base/places.ts'
import type { Division } from '../../../shared/register/divisions/divisions.ts'

/** The city that most stories play in. */
export const GUANGZHOU: NamedPlace = { code: '440100', name: '广州市', nameEn: 'Guangzhou' }

/** Its groups of sites, in the order of the wall. */
export const GROUPS: readonly NamedPlace[] = [
  { code: '4401-portal', name: '市门户', nameEn: 'City portal' },
  { code: '4401-dept', name: '市直部门', nameEn: 'Municipal departments' },
  { code: '440103', name: '荔湾区', nameEn: 'Liwan' },
  { code: '440104', name: '越秀区', nameEn: 'Yuexiu' },
  { code: '440105', name: '海珠区', nameEn: 'Haizhu' },
  { code: '440106', name: '天河区', nameEn: 'Tianhe' },
  { code: '440111', name: '白云区', nameEn: 'Baiyun' },
  { code: '440112', name: '黄埔区', nameEn: 'Huangpu' },
  { code: '440113', name: '番禺区', nameEn: 'Panyu' },
  { code: '440114', name: '花都区', nameEn: 'Huadu' },
  { code: '440115', name: '南沙区', nameEn: 'Nansha' },
  { code: '440117', name: '从化区', nameEn: 'Conghua' },
  { code: '440118', name: '增城区', nameEn: 'Zengcheng' },
]

let china: Promise<readonly Division[]> | undefined

/** All divisions of China, with the groups of the own sites of `area`. */
export async function treeFor(area: string): Promise<DivisionTree> {
  china ??= chinaDivisions()
  const tree = new DivisionTree(await china)
  const of = tree.get(area)
  if (!of) throw new Error(`there is no division ${area}`)
  for (const group of ['portal', 'dept'] as const) tree.add(ownGroupDivision(of, group))
  return tree
}
