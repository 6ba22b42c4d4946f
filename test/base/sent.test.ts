import { describe, expect, it } from 'vitest'
import { sentId } from '../../shared/base/ids.ts'
import { sentInstant } from '../../shared/base/instant.ts'
import { sentText } from '../../shared/base/sent-text.ts'

describe('a text that somebody sends', () => {
  const required = sentText.min(1)
  it.each(['', '  ', '\u3000', '\u200b', '\u2060\ufeff', '\u3164', '\u00ad\u202e'])(
    'is none if nothing of it is to be seen: %j',
    (text) => {
      expect(required.safeParse(text).success).toBe(false)
    },
  )
  it('is kept as it is, but for the blanks around it', () => {
    expect(required.parse('  已电话通知 \u{1f468}\u200d\u{1f469}\u200d\u{1f467}\n')).toBe(
      '已电话通知 \u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
    )
    expect(required.parse('𠮷')).toBe('𠮷')
  })
})

it('a number beyond what a row can have is refused where it stands', () => {
  expect([0, -1, 1.5, 2 ** 31].filter((id) => sentId.safeParse(id).success)).toEqual([])
  expect(sentId.parse(2 ** 31 - 1)).toBe(2 ** 31 - 1)
})

it('an instant is of this age', () => {
  expect(sentInstant.safeParse('1969-12-31T23:59:59Z').success).toBe(false)
  expect(sentInstant.safeParse('9999-01-01T00:00:00Z').success).toBe(false)
  expect(sentInstant.safeParse('1970-01-01T08:00:00+08:00').success).toBe(true)
})
