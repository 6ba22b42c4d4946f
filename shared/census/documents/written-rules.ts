import { localMinute } from '../../base/time.ts'
import type { Value } from './documents.ts'
import type { ValueType } from './documents-rules.ts'

/** A value as people read it, on screens and on paper alike. '—': not known. @param locale as of `Intl` */
export function writtenValue(value: Value, type: ValueType, locale: string): string {
  if (value === null) return '—'
  if (typeof value === 'number') {
    if (type === 'percent') return `${(value * 100).toFixed(1)}%`
    return (Math.round(value * 100) / 100).toLocaleString(locale)
  }
  if (type === 'time') return localMinute(Date.parse(String(value)))
  return String(value)
}
