import type { Encoding } from '../../cast/traits.ts'

/** What the page says of its own encoding: rightly, not at all, or falsely. */
export function declaredCharset(encoding: Encoding): string | null {
  if (encoding === 'gbk_unsaid') return null
  return encoding === 'gbk' || encoding === 'utf8_as_gbk' ? 'gb2312' : 'utf-8'
}
