import pg from 'pg'
import { expect, test } from 'vitest'
import { isLasting } from '../../../server/base/db/failure.ts'
import { Refusal } from '../../../server/base/refusal.ts'

function raised(code: string): Error {
  const error = new pg.DatabaseError('no', 2, 'error')
  error.code = code
  return error
}
const errno = (code: string) => Object.assign(new Error(`connect ${code}`), { code })

test.each(['22021', '22P05', '22003', '23503', '23505', '54000', '21000'])(
  'what is wrong with the data (%s) stays wrong',
  (code) => expect(isLasting(raised(code))).toBe(true),
)

test.each([
  '40P01',
  '40001',
  '08006',
  '53300',
  '53100',
  '55P03',
  '57P01',
  '57P03',
  '25006',
  '42P01',
  '58030',
])('what is wrong with the database (%s) is waited for, however long', (code) =>
  expect(isLasting(raised(code), 1_000)).toBe(false),
)

test('a statement with more parameters than there may be stays wrong; a pooler without a connection passes', () => {
  expect(['08P01', '42P02'].map((code) => isLasting(raised(code)))).toEqual([true, true])
  const pooler = Object.assign(raised('08P01'), { severity: 'FATAL' })
  expect(isLasting(pooler, 1_000)).toBe(false)
})

test('a statement that takes too long is tried again a few times', () => {
  expect(isLasting(raised('57014'), 4)).toBe(false)
  expect(isLasting(raised('57014'), 5)).toBe(true)
})

test('a connection that is gone passes, an error of our own does not', () => {
  for (const error of [
    errno('ECONNREFUSED'),
    errno('EPIPE'),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Client has encountered a connection error and is not queryable'),
  ]) {
    expect(isLasting(error, 1_000), error.message).toBe(false)
  }
  expect(isLasting(new TypeError('Cannot read properties of undefined'))).toBe(true)
  expect(isLasting(new RangeError('Invalid string length'))).toBe(true)
  expect(isLasting('thrown')).toBe(true)
})

test('what is refused for what it is stays refused, and is set aside; what is refused just now passes', () => {
  const lasts = (code: Refusal['code']) => isLasting(new Refusal(code, 'requests.noSuchThing'), 1_000)
  expect((['internal', 'invalid', 'not_found', 'conflict', 'too_large'] as const).map(lasts)).not.toContain(
    false,
  )
  expect((['unavailable', 'too_many_requests'] as const).map(lasts)).toEqual([false, false])
})
