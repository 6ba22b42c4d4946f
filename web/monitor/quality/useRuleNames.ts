import { useWords } from '../../base/i18n.ts'

/** What rules are called that quality is counted of: those that alert, and the others by their own names. */
export function useRuleNames(): (rule: string) => string {
  const { te, t, wordOf } = useWords()
  return (rule) => {
    const own = `rule.${rule}`
    return te(own) ? t(own) : wordOf('quality.rules', rule)
  }
}
