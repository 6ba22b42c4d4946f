import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { atOnce } from '../../../../server/base/slices.ts'
import { wrongWords } from '../../../../server/monitor/inspections/content/wrong-words.ts'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'
import { buildAutomaton, searchIn } from '../../../../server/monitor/wrong-words/automaton.ts'
import { type BookWord, buildBook, wrongPlaces } from '../../../../server/monitor/wrong-words/book.ts'
import { retrieved, SITE } from '../pages.ts'
import { identity } from './numbers.ts'

const word = (wrong: string, right: string, more: Partial<BookWord> = {}, id = 1): BookWord => ({
  ...{ id, kind: 'other', wrong, right, near: [], apart: [], refused: [] },
  ...more,
})
const bookOf = (...words: readonly BookWord[]) => atOnce(buildBook('1', words))
const found = (text: string, ...words: readonly BookWord[]) =>
  wrongPlaces(bookOf(...words), text).map(({ word: { wrong } }) => wrong)

test('every word that ends in a text is told, also those within others', () => {
  const words = ['广州', '广州市', '州市', '市', 'abc', 'bc']
  const ends: string[] = []
  searchIn(
    atOnce(buildAutomaton(words)),
    '在广州市abc',
    (place, end) => void ends.push(`${words[place]}${end}`),
  )
  expect(ends).toEqual(['广州3', '广州市4', '州市4', '市4', 'abc7', 'bc7'])
})

test('an automaton finds what looking for each word by itself finds', () => {
  const signs = 'abca'
  const at = (n: number) => signs[n % 3] ?? 'a'
  const words = [
    ...new Set(
      Array.from(
        { length: 60 },
        (_, n) => at(n) + at(n >> 2) + (n % 5 === 0 ? '' : at(n >> 3)) + (n % 7 ? '' : at(n >> 1)),
      ),
    ),
  ]
  const text = Array.from({ length: 400 }, (_, n) => at(n * n + (n >> 3))).join('')
  const told = new Set<string>()
  searchIn(atOnce(buildAutomaton(words)), text, (place, end) => void told.add(`${words[place]} ${end}`))
  const plain = words.flatMap((one) =>
    Array.from({ length: text.length }, (_, from) => from)
      .filter((from) => text.startsWith(one, from))
      .map((from) => `${one} ${from + one.length}`),
  )
  expect([...told].sort()).toEqual(plain.sort())
})

test('a word counts in its context only, and not where it is part of the right form', () => {
  const street = word('黄浦区', '黄埔区', { near: ['广州'], apart: ['上海'] })
  expect(found('广州市黄浦区科学城', street)).toEqual(['黄浦区'])
  expect(found('上海市黄浦区', street)).toEqual([])
  expect(found('广州与上海黄浦区结对', street)).toEqual([])
  expect(found('广州市\n黄浦区', street)).toEqual([])
  expect(found('朝鲜民主', word('朝鲜', '北朝鲜民主'), word('主', '民主', {}, 2))).toEqual(['朝鲜'])
  expect(found('依法制国家标准', word('依法制国', '依法治国', { apart: ['依法制国家'] }))).toEqual([])
})

test('blanks, full width and signs that nobody sees hide no word; letters within others are none', () => {
  const party = word('从严治挡', '从严治党')
  for (const text of ['从严 治挡', '从严\u200b治挡', '从\u3000严\u3000治\u3000挡'])
    expect(found(text, party)).toEqual(['从严治挡'])
  expect(found('ＡＢＣ', word('abc', 'abd'))).toEqual(['abc'])
  expect(found('xabcx', word('abc', 'abd'))).toEqual([])
})

test('of two that overlap the longer is told, and what somebody has refused there is not told again', () => {
  const two = [word('人名政府', '人民政府'), word('人名', '人民', {}, 2)]
  expect(found('天河区人名政府', ...two)).toEqual(['人名政府'])
  const [place] = wrongPlaces(bookOf(...two), '天河区人名政府')
  const refused = two.map((one) => ({ ...one, refused: [place?.place ?? ''] }))
  expect(found('天河区人名政府', ...refused)).toEqual(['人名'])
  expect(found('越秀区人名政府办公室', ...refused)).toEqual(['人名政府'])
})

test('what was refused beside a counter stays so when the counter gains a digit, and under the name that it had before', () => {
  const mistake = word('人名政府', '人民政府')
  const counted = (n: number) => `今日访问${n}次，累计访问${n * 3}次 天河区人名政府 2026年3月${n}日`
  const isTold = (text: string, places: readonly string[]) =>
    wrongPlaces(bookOf({ ...mistake, refused: places }), text).length > 0
  const [one] = wrongPlaces(bookOf(mistake), counted(9))
  expect([9, 10, 12_345].map((n) => isTold(counted(n), [one?.place ?? '']))).toEqual([false, false, false])
  // Names were cut first and stripped of digits afterwards.
  const text = '本站今日累计访问27次，天河区人名政府 2026年3月9日印发'
  const before = text.slice(text.indexOf('人名政府') - 12, text.indexOf('人名政府') + 16)
  const old = `人名政府:${createHash('sha1')
    .update(before.replace(/[\s\d\p{P}]/gu, ''))
    .digest('base64url')
    .slice(0, 16)}`
  expect(isTold(text, [old])).toBe(false)
  const decided = wrongPlaces(bookOf({ ...mistake, refused: [old] }), text, (place) =>
    place === old ? false : undefined,
  )
  expect(
    decided.map(({ place }) => place),
    'what was decided here is the same problem still',
  ).toEqual([old])
})

test('a hundred thousand words are one dictionary, and one of them is found', () => {
  const many = Array.from({ length: 100_000 }, (_, n) =>
    word(`错${String.fromCharCode(0x4e00 + (n % 20_000))}${n}词`, '对', {}, n + 1),
  )
  const text = `${'这里没有写错的话，'.repeat(2_000)}${many[77_777]?.wrong}`
  expect(wrongPlaces(bookOf(...many), text).map((one) => one.word.id)).toEqual([77_778])
})

test('what stands around a wrong word is shown without numbers of persons, halves of them too', async () => {
  const number = identity()
  const book = bookOf(word('人名政府', '人民政府'))
  const excerptOf = async (text: string) => {
    const page = retrieved(`<html><head><title>公示</title></head><body><p>${text}</p></body></html>`)
    const parsed = parsePage(page.bytes, 'text/html; charset=utf-8', page.finalUrl)
    const outcome = await wrongWords.look(page, parsed, { ...SITE, given: { wrongWords: book } }, {})
    return outcome.outcome === 'found' ? outcome.problems[0]?.excerpt : undefined
  }
  expect(await excerptOf(`王小明（身份证号${number}）向人名政府申请，电话13800138000`)).toBe(
    `王**（身份证号${number.slice(0, 3)}***${number.slice(-2)}）向人名政府申请，电话138***00`,
  )
  // So far away that the number is cut in two where the excerpt begins.
  const far = await excerptOf(`身份证号${number}${'，请予审核'.repeat(4)}报送人名政府办理`)
  expect(far).not.toMatch(/\d{4}/)
  expect(far).toContain('人名政府')
  // As forms have it: a cell for each digit, or for each part; however much of it is cut out.
  for (const cells of [[...number], [number.slice(0, 6), number.slice(6, 14), number.slice(14)]]) {
    const row = cells.map((one) => `<td>${one}</td>`).join('')
    for (const between of ['', '<td>住址</td>', '<td>天河区天府路1号</td>']) {
      for (const ends of [`${row}${between}<td>人名政府</td>`, `<td>人名政府</td>${between}${row}`]) {
        const said = (await excerptOf(`</p><table><tr>${ends}</tr></table><p>`)) ?? ''
        expect(said).toContain('人名政府')
        expect(said.replaceAll(/\d{3}\*\*\*[\dX]{2}/g, '')).not.toMatch(/(?:\d[^\d天]*){4}/)
      }
    }
  }
})
