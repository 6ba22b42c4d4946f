import accessibility from '../page-checks/accessibility.json' with { type: 'json' }
import basics from './basics.json' with { type: 'json' }
import content from './content.json' with { type: 'json' }
import type { InspectionFamily, InspectionRule } from './inspections-rules.ts'
import line from './line.json' with { type: 'json' }
import machine from './machine-2026.json' with { type: 'json' }
import marks from './marks.json' with { type: 'json' }
import outbound from './outbound.json' with { type: 'json' }
import pages from './pages.json' with { type: 'json' }
import { inspectionFamily, ruleSet } from './rule-set.ts'

/** What all inspections have in common: how sites are crawled, when too little is measured. */
export const MACHINE = ruleSet.parse(machine)

/** Every family with its rules, in the order in which they are shown. For the server and tests: screens ask for them. */
export const FAMILIES: readonly InspectionFamily[] = [
  ...[basics, marks, line, pages, outbound, content, accessibility],
].map((family) => inspectionFamily.parse(family))

const BY_ID: ReadonlyMap<string, InspectionRule> = new Map(
  FAMILIES.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule])),
)

/** Every rule, in the order of the families. */
export const INSPECTION_RULES: readonly InspectionRule[] = [...BY_ID.values()]

/** The rule of that name; undefined for one that is no more. */
export const inspectionRule = (id: string): InspectionRule | undefined => BY_ID.get(id)

/** The family that a rule belongs to. */
export const familyOf = (id: string): string | undefined =>
  FAMILIES.find(({ rules }) => rules.some((rule) => rule.id === id))?.family
