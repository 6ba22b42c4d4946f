import type { Locale } from '../../../shared/base/words/locales.ts'
import type { Handbook } from '../../../shared/people/handbook/handbook.ts'
import type { Role } from '../../../shared/people/rights/rights.ts'

/** Each in a file of its own, fetched by who opens it. */
const FILES = import.meta.glob<Handbook>('../../../shared/locales/*/handbook/*.md', { import: 'default' })

/** The handbook of a role in a language. */
export function fetchHandbook(locale: Locale, role: Role): Promise<Handbook> {
  const load = FILES[`../../../shared/locales/${locale}/handbook/${role}.md`]
  if (!load) throw new Error(`there is no handbook of ${role} in ${locale}`)
  return load()
}
