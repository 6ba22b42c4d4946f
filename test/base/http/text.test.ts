import { expect, it } from 'vitest'
import { findUnstorable } from '../../../server/base/http/text.ts'

it.each<[string, unknown, string]>([
  ['a NUL', { note: 'a\u0000b' }, 'note'],
  ['half of a rare character, at its end', { note: 'x\ud842' }, 'note'],
  ['half of a rare character, at its beginning', { note: '\udfb7x' }, 'note'],
  ['two halves in the wrong order', { note: '\udfb7\ud842' }, 'note'],
  ['one deep inside', { a: [{ b: { c: ['ok', '\ud800'] } }] }, 'a.0.b.c.1'],
  ['one in a name', { a: { '\ud800': 1 } }, 'a'],
  ['one that is the whole body', '\u0000', ''],
])('finds %s', (_name, input, path) => {
  expect(findUnstorable(input)?.path).toBe(path)
})

it('lets through whatever people write', () => {
  const input = {
    note: '𠮷野家 👨‍👩‍👧 ﷽ \t\r\n\u0001 اَلْعَرَبِيَّةُ',
    list: [1, null, true, '🏛'],
    deep: { a: { b: 'ok' } },
  }
  expect(findUnstorable(input)).toBeNull()
})

it('does not follow a body down without end', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  expect(findUnstorable(deep)).toMatchObject({ message: expect.stringMatching(/nested/) })
})
