import { z } from 'zod'
import { rowId, sentId } from '../../base/ids.ts'
import { sentText } from '../../base/sent-text.ts'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import {
  MOST_AT_ONCE,
  MOST_NOTE,
  PROBLEM_LISTS,
  PROBLEM_STATES,
  problem,
  problemCounts,
  problemGroup,
  ruleStandings,
  siteInspections,
} from './inspections.ts'
import './rights.ts'

/**
 * `open`, `confirmed`: what persons have said of those that are there; `waiting`, `mend`, `refused`, `gone`: lists that somebody works
 * on. Without a state, all that are there and not refused.
 */
const filter = {
  rule: z.string().max(40).optional(),
  family: z.string().max(40).optional(),
  district: z.string().max(20).optional(),
  state: z.enum([...new Set([...PROBLEM_STATES, ...PROBLEM_LISTS])]).optional(),
  /** Part of a name, pinyin, code or address of a site, or of the name of its unit. */
  q: sentText.max(100).optional(),
}

/** What the rules of the machine find on sites. */
export const inspectionEndpoints = {
  inspectionRules: {
    method: 'GET',
    path: '/api/inspections/rules',
    summary:
      'The rules of the machine: wording, source, how often each is wrong, on how many sites it found something or could not be measured',
    needs: 'signedIn',
    cost: 3,
    output: ruleStandings,
  },
  siteInspections: {
    method: 'GET',
    path: '/api/sites/:id/inspections',
    summary:
      'What every rule of the machine said of a site last, when, by which version, and why not where it could not be measured',
    needs: 'signedIn',
    params: id,
    output: siteInspections,
  },
  problems: {
    method: 'GET',
    path: '/api/inspections/problems',
    summary:
      'Problems that the rules of the machine have found on sites, the gravest first, then the newest; with how many each list has',
    needs: 'signedIn',
    cost: 3,
    query: z.object({
      ...filter,
      site: rowId.optional(),
      told: z.string().max(300).optional(),
      ...paging,
    }),
    output: page(problem).extend({
      /** Null on later pages. */
      counts: problemCounts.nullable(),
    }),
  },
  problemGroups: {
    method: 'GET',
    path: '/api/inspections/groups',
    summary:
      'Problems by rule and source, each source that several sites share once, the gravest and widest first; at most 200',
    needs: 'signedIn',
    cost: 5,
    query: z.object(filter),
    output: z.array(problemGroup),
  },
  decideProblems: {
    method: 'POST',
    path: '/api/inspections/decide',
    summary:
      'Say of problems that they are so, or are none for a reason (which is remembered when they are found again), or take that back; all of them or none',
    needs: 'problem.judge',
    cost: 5,
    body: z
      .object({
        problems: z
          .array(z.object({ id: sentId, version: z.int().min(1) }))
          .min(1)
          .max(MOST_AT_ONCE),
        to: z.enum(PROBLEM_STATES),
        note: sentText.max(MOST_NOTE).default(''),
      })
      .refine(({ to, note }) => to !== 'refused' || note.trim() !== '', { path: ['note'] }),
    output: z.array(problem),
  },
} as const satisfies Record<string, Endpoint>
