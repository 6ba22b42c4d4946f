import { expect, it } from 'vitest'
import { parseConfig } from '../../../server/base/config.ts'

const DATABASE_URL = 'postgres://localhost/siteward'

it('a monitor looks from another place when it is told its name', () => {
  const monitor = ['--role', 'monitor']
  expect(parseConfig({ DATABASE_URL }, monitor).vantage).toBeNull()
  expect(parseConfig({ DATABASE_URL, VANTAGE: ' 电信 ' }, monitor).vantage).toEqual({
    name: '电信',
    region: null,
  })
  const both = { DATABASE_URL, VANTAGE: '电信', VANTAGE_REGION: '上海' }
  expect(parseConfig(both, monitor).vantage).toEqual({ name: '电信', region: '上海' })
})

it('a place without a name, with one that is too long, or of a process that serves people is refused', () => {
  const monitor = ['--role', 'monitor']
  expect(() => parseConfig({ DATABASE_URL, VANTAGE_REGION: '上海' }, monitor)).toThrow('set VANTAGE, too')
  expect(() => parseConfig({ DATABASE_URL, VANTAGE: '电'.repeat(41) }, monitor)).toThrow('VANTAGE')
  expect(() => parseConfig({ DATABASE_URL, VANTAGE: '电信' }, ['--role', 'web'])).toThrow('--role monitor')
  expect(() => parseConfig({ VANTAGE: '电信' }, [])).toThrow('--role monitor')
})
