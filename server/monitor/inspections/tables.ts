import type { Generated } from 'kysely'
import type {
  InspectionOutcome,
  ProblemState,
} from '../../../shared/monitor/inspections/inspections-rules.ts'
import type { Json, Once } from '../../base/db/database.ts'
import type { ProblemPrint } from './page/signs.ts'
import type { Outline, Problem } from './rule.ts'

/** What a rule said of a site when it was looked at last. */
export interface InspectionTable {
  site_id: number
  rule: string
  outcome: InspectionOutcome
  reason: string | null
  at: Date
  /** Since when it has been this outcome. */
  since: Date
  /** Of the rule. */
  version: number
  /** Pages or files that it looked at, and those of them that could not be measured. */
  pages: Generated<number>
  unmeasured: Generated<number>
}

/** Something that a rule found on a site. */
export interface InspectionProblemTable {
  id: Generated<number>
  site_id: Once<number>
  rule: Once<string>
  key: Once<string>
  url: string
  excerpt: string
  outline: Json<Outline> | null
  detail: Json<Problem['detail']>
  /** What it is told under together with others, on many sites. */
  told: string | null
  first_at: Once<Date>
  last_at: Date
  gone_at: Date | null
  /** What it consists of; of one that was refused, as it was then. Null: it is known by its key alone. */
  print: Json<ProblemPrint> | null
  state: Generated<ProblemState>
  decided_by: number | null
  decided_at: Date | null
  note: string | null
  rule_version: number
  version: Generated<number>
}

/** When a site was looked through last. */
export interface SiteLookTable {
  site_id: number
  looked_at: Date
  /** Rules that have said something of it, and those of them that could not measure it. */
  rules: number
  unmeasured: number
}

/** What is kept of a page or file of a site from one look to the next. */
export interface InspectionPageTable {
  site_id: Once<number>
  url_hash: Once<string>
  url: string
  kind: 'page' | 'file'
  depth: number
  /** The look that saw it last. */
  scan_id: number
  seen_at: Date
  status: number | null
  title: string
  /** Links to other hosts, by host. */
  hosts: Json<Readonly<Record<string, number>>>
  etag: string | null
  last_modified: string | null
  /** Of its bytes. */
  print: string | null
  /** By which rules it was looked at: a hash of their names and versions. Null: by none. */
  rules: string | null
  /** Of each rule that found or could not measure something: `found`, or the reason. */
  said: Json<Readonly<Record<string, string>>>
  /** Rule and key of each problem on it. */
  found: Json<readonly (readonly [rule: string, key: string])[]>
  /** Its links, packed: what the crawl goes on with where the page is as it was. */
  links: Buffer | null
  /** The home page itself, packed, with its headers: rules of sites look at it. */
  body: Buffer | null
  headers: Json<Readonly<Record<string, string>>> | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    inspection: InspectionTable
    inspection_problem: InspectionProblemTable
    inspection_page: InspectionPageTable
    site_look: SiteLookTable
  }
}
