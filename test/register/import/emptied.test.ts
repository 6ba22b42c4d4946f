import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createMemoryHistory, createRouter } from 'vue-router'
import { LOCALES } from '../../../shared/base/words/locales.ts'
import type { RegisterImport } from '../../../shared/register/import/imports.ts'
import { fetchEverywhere, i18n } from '../../../web/base/i18n.ts'
import EmptiedUnits from '../../../web/register/import/EmptiedUnits.vue'

const place = (code: string, name: string, nameEn: string) => ({ code, name, nameEn })
const result = {
  emptied: [
    {
      ...{ id: 7, name: '闸北区教育局', place: place('310108', '闸北区', 'Zhabei') },
      into: [{ name: '静安区教育局', place: place('310106', '静安区', "Jing'an"), sites: 2 }],
    },
  ],
  moreEmptied: 3,
} as unknown as RegisterImport

beforeAll(() => fetchEverywhere('manage'))
afterAll(() => {
  i18n.global.locale.value = LOCALES[0]
})

async function shownIn(language: (typeof LOCALES)[number]): Promise<string> {
  i18n.global.locale.value = language
  const routes = [{ path: '/units/:id', name: 'unit', component: {} }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  return renderToString(createSSRApp(EmptiedUnits, { result }).use(router))
}

it('whoever loads a register reads which units are left without sites, where those went and what to do, in both languages', async () => {
  const zh = await shownIn('zh-CN')
  expect(zh).toContain('href="/units/7"')
  for (const text of ['闸北区教育局', '静安区教育局（静安区）2 个', '「合并…」', '另有 3 个单位'])
    expect(zh).toContain(text)
  const en = await shownIn('en')
  for (const text of ['Zhabei', '2 sites to 静安区教育局', 'Merge…', '3 units more'])
    expect(en).toContain(text)
})
