import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { LOCALES } from '../../../shared/base/locales.ts'
import { flatten, nounsOf, wordsOf } from '../../support/words.ts'

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
    (noun) => noun !== 'refusals' && !code.includes(`zh-CN/${noun}.json'`),
  )
  expect(missing).toEqual([])
})

test('no two nouns say the same key', () => {
  const all = nounsOf(first)
    .filter((noun) => noun !== 'refusals')
    .flatMap((noun) => flatten(wordsOf(first, noun)).map(([key]) => key))
  expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([])
})

test('every word is said somewhere: by its key, or as one of the codes of a branch', () => {
  const literal = new Set([...code.matchAll(/['"]([\w.]+)['"]/g)].map((match) => match[1] ?? ''))
  const templates = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '')
  const branches = [...code.matchAll(/\b(?:wordOf\(\s*|words=|, )['"]([\w.]+)['"]/g)].map(
    (match) => `${match[1]}.`,
  )
  const families = [...templates, ...branches].filter((one) => one.length > 1)
  const unused = keys.filter((key) => !literal.has(key) && !families.some((family) => key.startsWith(family)))
  expect(unused).toEqual([])
})
