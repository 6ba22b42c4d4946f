import { expect, it } from 'vitest'
import { passwordFault } from '../../../shared/people/accounts/accounts.ts'

it.each([
  ['short', 'a1B2c3D4e'],
  ['username', 'my-tianhe-9281'],
  ['username', 'TIANHE-office-77'],
  ['common', 'Password123'],
  ['common', 'qwertyuiop'],
  ['common', 'P@ssw0rd2026'],
  ['common', 'woaini1314520'],
  ['common', 'siteward-demo'],
  ['monotonous', 'aaaaaaaaaaaa'],
  ['monotonous', '1212121212'],
  ['monotonous', '1234567890'],
  ['monotonous', 'abcdefghijkl'],
  ['monotonous', '9876543210'],
  [null, 'correct-horse-battery'],
  [null, '广州市天河区网站监管工作组'],
  [null, 'password of the night shift'],
])('%s: %s', (fault, password) => {
  expect(passwordFault(password, 'tianhe')).toBe(fault)
})
