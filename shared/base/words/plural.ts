/** The categories of plurals in the order in which the forms of a text stand; a language has some of them. */
const CATEGORIES: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other']
const rules = new Map<string, Intl.PluralRules>()

/**
 * Which form of a text is said of `n`: '{n} alert | {n} alerts' has one for each category of plurals that its language has
 * (CLDR; English `one` and `other`, Chinese `other` alone). A text of one form is said of any number.
 * @param forms how many there are. @returns the index of one of them.
 */
export function pluralForm(locale: string, n: number, forms: number): number {
  const rule = rules.get(locale) ?? new Intl.PluralRules(locale)
  rules.set(locale, rule)
  const has = new Set(rule.resolvedOptions().pluralCategories)
  const index = CATEGORIES.filter((one) => has.has(one)).indexOf(rule.select(n))
  return Math.min(index, forms - 1)
}
