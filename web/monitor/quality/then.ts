import type { RuleQuality } from '../../../shared/monitor/quality/quality.ts'

/** What follows when a rule finds something: rules of machine inspections are held back while they err too often. */
export function thenOf({
  isAbove,
  name,
}: Pick<RuleQuality, 'isAbove' | 'name'>): 'tells' | 'above' | 'proposes' {
  if (!isAbove) return 'tells'
  return name ? 'proposes' : 'above'
}
