import { expect, test } from 'vitest'
import { textOf, toDays, toStretches } from '../../../web/register/workdays/stretches.ts'
import { YEAR_2027 } from './days-2027.ts'

test('days off are shown as stretches and typed back as the same days', () => {
  const stretches = toStretches(YEAR_2027.off)
  expect(stretches[1]).toEqual({ from: '2027-02-05', to: '2027-02-11' })
  expect(toDays(stretches)).toEqual(YEAR_2027.off)
})

test.each([
  ['half typed', { from: '2027-01-01', to: '' }],
  ['the wrong way round', { from: '2027-01-03', to: '2027-01-01' }],
  ['a slip of the year', { from: '2027-01-01', to: '2028-01-03' }],
])('a stretch that is %s is refused', (_, stretch) => {
  expect(toDays([stretch])).toBeNull()
})

test('a file that a spreadsheet wrote in GBK is read as well as one in UTF-8', () => {
  const gbk = Uint8Array.from([0xb7, 0xc5, 0xbc, 0xd9])
  expect(textOf(gbk.buffer)).toBe('放假')
  expect(textOf(new TextEncoder().encode('放假').slice().buffer)).toBe('放假')
})
