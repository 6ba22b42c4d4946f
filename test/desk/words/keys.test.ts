import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, expectTypeOf, test } from 'vitest'
import { LOCALES } from '../../../shared/base/words/locales.ts'
import type { Branch } from '../../../shared/locales/keys.ts'
import { i18n, t } from '../../../web/base/i18n.ts'
import { flatten, nounsOf, SERVERS, wordsOf } from '../../support/words.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const code = ['web', 'shared']
  .flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|vue)$/.test(file))
      .map((file) => readFileSync(join(root, top, file), 'utf8')),
  )
  .join('\n')
const [first] = LOCALES
const keys = flatten(wordsOf(first)).map(([key]) => key)

test('a folder of words is a language that may be chosen, and every language has one', () => {
  const folders = readdirSync(join(root, 'shared/locales'), { withFileTypes: true })
  expect(
    folders
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...LOCALES].sort())
})

test.each(LOCALES.slice(1))(
  '%s has the files and the words of the first language, no more and no fewer',
  (locale) => {
    expect(nounsOf(locale)).toEqual(nounsOf(first))
    for (const noun of nounsOf(first)) {
      const keysIn = (language: typeof locale) => flatten(wordsOf(language, noun)).map(([key]) => key)
      expect(keysIn(locale).sort(), noun).toEqual(keysIn(first).sort())
    }
  },
)

test('every noun is among the keys that pages may name', () => {
  const missing = nounsOf(first).filter(
    (noun) => !SERVERS.includes(noun) && !code.includes(`zh-CN/${noun}.json'`),
  )
  expect(missing).toEqual([])
})

test('a key that is not there, or that anything may be, does not compile', () => {
  type Key = Parameters<typeof t>[0]
  expectTypeOf<'state.dead'>().toExtend<Key>()
  expectTypeOf<'state.deed'>().not.toExtend<Key>()
  expectTypeOf<`state.${string}`>().not.toExtend<Key>()
  expectTypeOf<string>().not.toExtend<Key>()
  expectTypeOf<'alerts.form'>().toExtend<Branch>()
  expectTypeOf<'alerts.from'>().not.toExtend<Branch>()
})

test('no two nouns say the same key', () => {
  const all = nounsOf(first)
    .filter((noun) => !SERVERS.includes(noun))
    .flatMap((noun) => flatten(wordsOf(first, noun)).map(([key]) => key))
  expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([])
})

/** What stands for the values of a template in a key; null if it is no key of that template. */
function valuesIn(key: string, template: string): readonly string[] | null {
  const fixed = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[^\w]/g, '\\$&'))
  return new RegExp(`^${fixed.join('(.+)')}$`).exec(key)?.slice(1) ?? null
}

test('every word is said somewhere: by its key, or as one of the codes of a branch', () => {
  const literal = new Set([...code.matchAll(/['"]([\w.]+)['"]/g)].map((match) => match[1] ?? ''))
  const templates = [...code.matchAll(/`([\w.]+\.\$\{[^`]*)`/g)].map((match) => match[1] ?? '')
  /** A value is one level, or a code of several that is written somewhere. */
  const isOf = (key: string, template: string) =>
    valuesIn(key, template)?.every((value) => !value.includes('.') || literal.has(value))
  const branches = [...code.matchAll(/\b(?:wordOf\(\s*|words=|, )['"]([\w.]+)['"]/g)].map(
    (match) => `${match[1]}.`,
  )
  const codeBranches = [...code.matchAll(/\bwordOf\(\s*`([^`]+)`/g)].map((match) => match[1] ?? '')
  // One word may name another: @:{'place.zone'}.
  const linked = flatten(wordsOf(first)).flatMap(([, text]) => [...text.matchAll(/\{'([\w.]+)'\}/g)])
  for (const match of linked) literal.add(match[1] ?? '')
  const unused = keys.filter(
    (key) =>
      !literal.has(key) &&
      !branches.some((branch) => key.startsWith(branch)) &&
      !codeBranches.some((branch) => isOf(key, `${branch}.\${code}`)) &&
      !templates.some((template) => isOf(key, template)),
  )
  expect(unused).toEqual([])
})

test('a page says one of a thing as one, and several as several', () => {
  const said = (n: number | string) => t('rectifications.dueIn', { n }, { locale: 'en' })
  for (const locale of LOCALES) i18n.global.mergeLocaleMessage(locale, wordsOf(locale, 'rectifications'))
  expect([said(1), said(2), said('2')]).toEqual([
    '1 working day left',
    '2 working days left',
    '2 working days left',
  ])
  expect(t('rectifications.dueIn', { n: 1 }, { locale: 'zh-CN' })).toContain('1')
})

test('each form of a word has the values of the others', () => {
  const names = (text: string) =>
    [...text.matchAll(/\{(\w+)\}/g)]
      .map((match) => match[1])
      .sort()
      .join()
  const uneven = LOCALES.flatMap((locale) => flatten(wordsOf(locale))).filter(
    ([, text]) => new Set(text.split(' | ').map(names)).size > 1,
  )
  expect(uneven).toEqual([])
})
