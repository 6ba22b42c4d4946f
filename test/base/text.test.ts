import fc from 'fast-check'
import { expect, test } from 'vitest'
import { storableValue } from '../../server/base/db/storable.ts'
import { decodePage } from '../../server/monitor/read/page/decode.ts'
import { readWhole } from '../../server/monitor/read/read.ts'
import { cut, storable } from '../../shared/base/text.ts'

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\0', '\ud83d', '\ude00', '😀', '𠮷', '中', 'e\u0301', '👨‍👩‍👧', '\u200d', '\ufe0f', ' '),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
  maxLength: 80,
})
const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0')

test('whatever comes in can be stored, and what was in order stays as it is', () => {
  fc.assert(fc.property(hostile, (text) => isStorable(storable(text))))
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-composite' }),
      (text) => storable(text) === text.replaceAll('\0', ''),
    ),
  )
})

test('a text is cut to its length, between characters', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, max) => {
      const kept = cut(text, max)
      expect(kept.length).toBeLessThanOrEqual(max)
      expect(isStorable(kept)).toBe(true)
    }),
  )
  // A rare Han character in a site's title, exactly at the limit.
  expect(cut(`${'市'.repeat(199)}𠮷口村通知`, 200)).toBe('市'.repeat(199))
  expect(cut('家庭👨‍👩‍👧‍👦日', 8)).toBe('家庭')
  expect(cut('cafe\u0301', 4)).toBe('caf')
  // Accents without end are no character that could be kept whole.
  expect(cut(`a${'\u0301'.repeat(500)}`, 100)).toHaveLength(100)
})

test('the database is given no character that it refuses, in text, lists and JSON', () => {
  const json = fc.jsonValue({
    stringUnit: fc.oneof(fc.constantFrom('\0', '\ud83d', '\udc00', '\\', '"', '😀', 'u0000')),
  })
  fc.assert(
    fc.property(json, (value) => {
      const sent = storableValue(JSON.stringify({ value }))
      expect(sent).not.toMatch(/(?<!\\)(?:\\\\)*\\u0000/)
      expect(JSON.parse(sent as string)).toEqual(JSON.parse(JSON.stringify(clean({ value }))))
    }),
  )
  expect(storableValue(['a\0b', ['\ud800'], 3, null])).toEqual(['ab', ['\ufffd'], 3, null])
  expect(storableValue({ title: 'a\0' })).toEqual({ title: 'a' })
  const at = new Date(0)
  expect(storableValue(at)).toBe(at)
  expect(storableValue(String.raw`[说明] 写作 \u0000`)).toBe(String.raw`[说明] 写作 \u0000`)
})

function clean(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [storable(name), clean(one)]))
}

test('the text of a page can be stored in every encoding', () => {
  const page =
    '<title>通\0知</title><ul><li><a href="/1.html">关于召开全市政府网站工作会议的通\0知</a> 2026-11-20</li></ul>'
  for (const bytes of [Buffer.from(page), Buffer.from(`\ufeff${page}`, 'utf16le')]) {
    const { text } = decodePage(bytes, 'text/html')
    expect(isStorable(text)).toBe(true)
    const { finding } = readWhole({ bytes, kind: 'home', url: 'http://a.gov.cn/', ref: '2026-11-27' })
    expect(finding).toMatchObject({
      newest: '2026-11-20',
      evidence: { text: '关于召开全市政府网站工作会议的通知' },
    })
  }
  // Half of a pair, as UTF-16 can hold it.
  expect(isStorable(decodePage(Buffer.from('\ufeff<p>\ud83d.', 'utf16le'), 'text/html').text)).toBe(true)
})
