import { z } from 'zod'
import { person } from '../../base/person.ts'
import { inEach } from '../../register/rule-editions/editions.ts'
import {
  INSPECTION_OUTCOMES,
  PROBLEM_LISTS,
  PROBLEM_STATES,
  RULE_MANNERS,
  RULE_SUBJECTS,
} from './inspections-rules.ts'

export * from './inspections-rules.ts'

const count = z.int().min(0)
const step = z.object({ by: person, at: z.iso.datetime(), note: z.string().nullable() })

/** A rule of the machine with how it stands: how often it is wrong, how many sites it was measured on. */
export const ruleStanding = z.object({
  id: z.string(),
  family: z.string(),
  version: z.int(),
  of: z.enum(RULE_SUBJECTS),
  /** As it may speak now: one that is wrong too often proposes only, whatever its text says. */
  manner: z.enum(RULE_MANNERS),
  severity: z.enum(['major', 'minor']),
  name: inEach,
  what: inEach,
  why: inEach,
  todo: inEach,
  source: inEach,
  census: z.array(z.string()),
  /** Whether its problems are pictured: not where a picture would show what is to be hidden. */
  picture: z.boolean(),
  /** Whether what is excerpted says something to people beside what is said of a problem. */
  quoted: z.boolean(),
  errorLimit: z.number(),
  /** Share of what it tells that was false, as last counted; null: not counted yet. */
  errorRate: z.number().nullable(),
  /** What that is at least, as far as it is known from so few: this is held against the limit. */
  errorLow: z.number().nullable(),
  /** Sites of the asker's scope by what the rule said of them last. */
  /** `older`: those of them of which an older version of the rule said it. */
  sites: z.object({ found: count, clear: count, unmeasured: count, older: count }),
  problems: z.object({ open: count, confirmed: count, refused: count }),
})
export type RuleStanding = z.infer<typeof ruleStanding>

export const ruleStandings = z.object({
  rules: z.array(ruleStanding),
  families: z.array(z.object({ id: z.string(), name: inEach })),
  /** The words of every reason for which something was not measured. */
  reasons: z.record(z.string(), inEach),
  /** Sites of the scope that are looked at, and those that have been. */
  sites: z.object({ all: count, looked: count }),
})
export type RuleStandings = z.infer<typeof ruleStandings>

/** What one rule said of a site. */
export const siteInspection = z.object({
  rule: z.string(),
  outcome: z.enum(INSPECTION_OUTCOMES),
  reason: z.string().nullable(),
  /** Null: it has not been looked at by this rule yet. */
  at: z.iso.datetime().nullable(),
  since: z.iso.datetime().nullable(),
  version: z.int().nullable(),
  /** Pages or files looked at, and those of them that could not be measured. */
  pages: count,
  unmeasured: count,
  problems: z.object({ open: count, confirmed: count, refused: count }),
})
export type SiteInspection = z.infer<typeof siteInspection>

export const siteInspections = z.object({ items: z.array(siteInspection) })
export type SiteInspections = z.infer<typeof siteInspections>

export const problem = z.object({
  id: z.int(),
  version: z.int(),
  siteId: z.int(),
  siteName: z.string(),
  district: z.string(),
  unit: z.string(),
  rule: z.string(),
  ruleVersion: z.int(),
  url: z.string(),
  excerpt: z.string(),
  /** What it is, in a sentence; null where its rule has none for it. */
  said: inEach.nullable(),
  /** What on the page it is: words, or an address that is linked there; null: the page as a whole. */
  place: z.string().nullable(),
  severity: z.enum(['major', 'minor']),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  /** When a look did not find it any more. */
  goneAt: z.iso.datetime().nullable(),
  state: z.enum(PROBLEM_STATES),
  decided: step.nullable(),
  /** Other sites of the scope that have the same, of the same source. */
  others: count,
  /** What whoever asks may say of it now. */
  may: z.array(z.enum(PROBLEM_STATES)),
})
export type InspectionProblem = z.infer<typeof problem>

/** How many problems each list has, whatever list was asked for; the other filters count. */
export const problemCounts = z.record(z.enum(PROBLEM_LISTS), count)
export type ProblemCounts = z.infer<typeof problemCounts>

/** Problems of one rule that are one thing: those of one source on several sites, or those that share none. */
export const problemGroup = z.object({
  /** Of the first of them. */
  id: z.int(),
  rule: z.string(),
  severity: z.enum(['major', 'minor']),
  /** The source: a host, or a platform and what is wrong with it; null: each site has its own. */
  told: z.string().nullable(),
  sites: count,
  problems: count,
  open: count,
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  /** One of them: where it is, and what, in a sentence; null where its rule has none. */
  url: z.string(),
  excerpt: z.string(),
  said: inEach.nullable(),
  /** Those that nobody has said a word of, at most 200. */
  waiting: z.array(z.object({ id: z.int(), version: z.int() })),
  may: z.array(z.enum(PROBLEM_STATES)),
})
export type ProblemGroup = z.infer<typeof problemGroup>
