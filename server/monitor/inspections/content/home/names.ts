import type { SiteFacts } from '../../rule.ts'

/** Characters of a name without which it may be anybody's. */
export const LEAST_NAME = 4

/** What a site and its unit are called, and that without what says that it is a site: 天河区人民政府门户网站, 天河区人民政府. */
export function namesOf({ name, unitName }: Pick<SiteFacts, 'name' | 'unitName'>): string[] {
  const names = [name, unitName].flatMap((one) => (one ? [one] : []))
  const stems = names.map((one) => one.replace(/(?:门户网站|政府网|官网|网站|网)$/, ''))
  return [...names, ...stems.filter((one) => one.length >= LEAST_NAME)]
}

/** A text without what the site and its unit are called. */
export const withoutNames = (text: string, site: Pick<SiteFacts, 'name' | 'unitName'>): string =>
  namesOf(site).reduce((rest, name) => rest.replaceAll(name, '\n'), text)
