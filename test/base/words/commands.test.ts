import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { commandLanguage, speaker } from '../../../server/base/commands/words.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = (locale: string) => join(root, 'shared/locales', locale, 'commands')
const wordsOf = (locale: string, name: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder(locale), name), 'utf8'))
const names = (text = '') => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()
const sources = readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'server', file), 'utf8'))
  .join('\n')

test('the same commands speak both languages', () => {
  expect(readdirSync(folder('en'))).toEqual(readdirSync(folder('zh-CN')))
})

describe.each(readdirSync(folder('zh-CN')))('%s', (name) => {
  const [zh, en] = [wordsOf('zh-CN', name), wordsOf('en', name)]

  test('says the same in both, Chinese here and English there, with the same values', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh))
    for (const [key, text] of Object.entries(zh)) {
      expect(names(en[key]), key).toEqual(names(text))
      // Values alone, and names, are the same in any language.
      const isSaid = /\p{L}/u.test(text.replace(/\{\w+\}/g, ''))
      if (isSaid && text !== en[key]) expect(text, key).toMatch(/\p{Script=Han}/u)
      expect(en[key], key).not.toMatch(/\p{Script=Han}/u)
    }
  })

  test('says nothing that no command says', () => {
    const families = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map(([, family = '']) => family)
    const unused = Object.keys(zh).filter(
      (key) => !sources.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)),
    )
    expect(unused).toEqual([])
  })
})

test('a command speaks the language that it is asked for, else that of the terminal, else Chinese', () => {
  expect(commandLanguage('en', { LANG: 'zh_CN.UTF-8' })).toBe('en')
  expect(commandLanguage(undefined, { LANG: 'en_GB.UTF-8' })).toBe('en')
  expect(commandLanguage(undefined, { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_GB.UTF-8' })).toBe('zh')
  expect(commandLanguage('fr', { LANG: 'C.UTF-8' })).toBe('zh')
  const say = speaker({ zh: { sites: '{n} 个网站' }, en: { sites: '{n} site | {n} sites' } }, 'en')
  expect([say('sites', { n: 1 }), say('sites', { n: 2 })]).toEqual(['1 site', '2 sites'])
})
