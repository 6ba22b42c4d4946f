import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isWord, say, type Word } from '../../../server/base/words/say.ts'
import { pluralForm } from '../../../shared/base/words/plural.ts'
import NOTICES_EN from '../../../shared/locales/en/notices.json'
import NOTICES_ZH from '../../../shared/locales/zh-CN/notices.json'

const server = fileURLToPath(new URL('../../../server', import.meta.url))
const sources = readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(server, file), 'utf8'))
  .join('\n')
const keys = Object.keys(NOTICES_ZH) as (keyof typeof NOTICES_ZH)[]
const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()

describe('the words of notices', () => {
  it('are the same in both languages, with the same values', () => {
    expect(Object.keys(NOTICES_EN)).toEqual(keys)
    for (const key of keys) expect(names(NOTICES_EN[key]), key).toEqual(names(NOTICES_ZH[key]))
  })

  it('are sorted, and all used', () => {
    expect(keys).toEqual([...keys].sort())
    const families = [...sources.matchAll(/`(notices\.[\w.]+\.)\$\{/g)].map((match) => match[1] ?? '')
    const unused = keys.filter(
      (key) => !sources.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)),
    )
    expect(unused).toEqual([])
  })

  it('say one of a thing as one and several as several; Chinese has one form', () => {
    const alerts = (n: number, language: 'zh' | 'en') =>
      say({ word: 'notices.title.alerts', values: { n } }, language)
    expect([alerts(1, 'en'), alerts(2, 'en'), alerts(0, 'en')]).toEqual(['1 alert', '2 alerts', '0 alerts'])
    expect([alerts(1, 'zh'), alerts(2, 'zh')]).toEqual(['告警 1 条', '告警 2 条'])
    expect(keys.filter((key) => NOTICES_ZH[key].includes(' | '))).toEqual([])
    for (const key of keys) expect(NOTICES_EN[key].split(' | ').length, key).toBeLessThanOrEqual(2)
  })

  it('are written nowhere else: no sentence of a notice stands in code', () => {
    const notices = readdirSync(join(server, 'desk/notices')).map((file) =>
      readFileSync(join(server, 'desk/notices', file), 'utf8'),
    )
    const code = notices
      .join('\n')
      .replace(/\/\*\*[\s\S]*?\*\//g, '')
      .replace(/\/\/.*/g, '')
    expect(code.match(/.*\p{Script=Han}.*/gu)).toBeNull()
  })
})

describe('forms of a number', () => {
  it('stand in the order of the categories that the language has', () => {
    expect([1, 2, 5, 21].map((n) => pluralForm('ru', n, 4))).toEqual([0, 1, 2, 0])
    expect([0, 1, 2].map((n) => pluralForm('zh-CN', n, 1))).toEqual([0, 0, 0])
    expect([0, 1, 2].map((n) => pluralForm('en', n, 2))).toEqual([1, 0, 1])
  })
})

it('a value that is itself a word is said in the language of the reader, and a list as it lists', () => {
  const weekdays = [1, 2].map((day) => ({ word: `notices.weekday.${day}` as Word }))
  const times = {
    word: 'notices.pause.repeated',
    values: { days: weekdays, from: '1', next: '', to: '2', first: 'a', last: 'b' },
  } as const
  expect(say(times, 'zh')).toBe('周一、周二 1–2（a 起，至 b）')
  expect(say(times, 'en')).toBe('Mon, Tue 1–2 (a to b)')
  expect(isWord('notices.did.nothing')).toBe(false)
})
