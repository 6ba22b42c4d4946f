import { useWords } from '../../base/i18n.ts'

interface Named {
  readonly rule: string
  readonly name: { readonly zh: string; readonly en: string } | null
}

/** What rules are called that quality is counted of: those that alert, those of machine inspections, and the others. */
export function useRuleNames(rules: () => readonly Named[]): (rule: string) => string {
  const { wordOf, locale } = useWords()
  return (rule) => {
    const name = rules().find((one) => one.rule === rule)?.name
    return name ? (locale.value === 'en' ? name.en : name.zh) : wordOf('rule', rule)
  }
}
