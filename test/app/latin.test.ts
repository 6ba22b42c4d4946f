import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { toLatin } from '../../vite.latin.ts'

/* The server is built in signs of one byte, and does what was written. */

it.each([
  ["'天河区政府' + '…' + 'é'", '天河区政府…é'],
  ['`以“$' + "{'引号'}”`", '以“引号”'],
  [String.raw`'\\年' + '\年'`, '\\年年'],
  ["'𠮷😀'.length", 4],
  ["/^[一-龥]+$/u.test('区政府')", true],
  ["/^[𠮷-𠮸]$/u.test('𠮷')", true],
  ['({ 名: 1 }).名', 1],
  ['String.raw`\\d年`', '\\d年'],
])('%s', (code, value) => {
  expect(runInNewContext(toLatin(code))).toBe(value)
})

it('but for raw texts nothing is left beyond Latin-1', () => {
  expect(toLatin("/* 注 */ const 名 = '区é'")).toMatch(/^[\0-\xff]*$/)
})
