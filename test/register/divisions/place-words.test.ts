import { afterEach, expect, test } from 'vitest'
import { placeWords } from '../../../shared/register/divisions/place-words.ts'
import { i18n } from '../../../web/base/i18n.ts'
import { speakOf } from '../../../web/register/divisions/place-words.ts'
import { wordsOf } from '../../support/words.ts'

for (const locale of ['zh-CN', 'en'] as const) i18n.global.mergeLocaleMessage(locale, wordsOf(locale))
const say = (key: string, locale: 'zh-CN' | 'en' = 'zh-CN') => i18n.global.t(key, {}, { locale })
afterEach(() => speakOf(null))

test.each([
  [
    { name: '广东省', tier: 'province' },
    ['各市网站', '全省', '按地市分组', '市政务办', '全部地市'],
    'Sites by city',
  ],
  [
    { name: '佛山市', tier: 'city' },
    ['各区网站', '全市', '按区县分组', '区政务办', '全部区县'],
    'Sites by district',
  ],
  [
    { name: '博罗县', tier: 'district' },
    ['各镇街网站', '全县', '按镇街分组', '镇街政务办', '全部镇街'],
    'Sites by street or town',
  ],
  [
    { name: '全国', tier: 'nation' },
    ['各省网站', '全国', '按省份分组', '省政务办', '全部省份'],
    'Sites by province',
  ],
  [
    { name: '中国气象局', tier: 'department' },
    ['各单位网站', '全部', '按单位分组', '单位政务办', '全部单位'],
    'Sites by unit',
  ],
] as const)('%j: wall, lists and filters speak of it and its parts by what they are', (area, zh, en) => {
  speakOf(area)
  const keys = ['wall.board', 'alerts.city', 'alerts.group.by.district', 'role.district', 'desk.allDistricts']
  expect(keys.map((key) => say(key))).toEqual(zh)
  expect(say('wall.board', 'en')).toBe(en)
})

test('all of an autonomous region is 全区, all of a league 全盟, and an urban district of its own is no county', () => {
  expect(placeWords({ name: '内蒙古自治区', tier: 'province' }, 'zh').whole).toBe('全区')
  expect(placeWords({ name: '内蒙古自治区', tier: 'province' }, 'en').whole).toBe('Whole region')
  expect(placeWords({ name: '天河区', tier: 'district' }, 'zh').whole).toBe('全区')
  expect(placeWords({ name: '天河区', tier: 'district' }, 'en').whole).toBe('Whole district')
})

test('no word of the screens says city or district by itself where it means the place or its groups', () => {
  const spoken = (locale: 'zh-CN' | 'en') => Object.entries(flat(wordsOf(locale)))
  const zh = spoken('zh-CN').filter(
    ([key, text]) => !OF_THEMSELVES.test(key) && /全市|各区|区域|区政务办/.test(text),
  )
  const en = spoken('en').filter(
    ([key, text]) =>
      !OF_THEMSELVES.test(key) &&
      /\b(city|district)\b/i.test(text.replace(/@[.\w]*:\{'place\.\w+'\}|\{\w+\}/g, '')),
  )
  expect(zh.map(([key]) => key)).toEqual([])
  expect(en.map(([key]) => key)).toEqual([])
})

/** Levels of sites and of divisions, and names of columns in a file. */
const OF_THEMSELVES = /^(place|level|divisions|imports)\.|^accounts\.imports?\.|^users\.import/

function flat(tree: object, prefix = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(tree).map(([key, value]) =>
      typeof value === 'string' ? { [prefix + key]: value } : flat(value, `${prefix}${key}.`),
    ),
  )
}
