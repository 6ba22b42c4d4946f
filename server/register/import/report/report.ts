import type { Selectable } from 'kysely'
import type { EmptiedUnit, Question, RegisterImport } from '../../../../shared/register/import/imports.ts'
import type { FieldValue } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { Db } from '../../../base/db/database.ts'
import { inSlices, type Steps } from '../../../base/slices.ts'
import type { RegisterRow } from '../plan/place.ts'
import type { ImportPlan } from '../plan/plan.ts'
import type { RegisterImportTable } from '../tables.ts'
import type { ImportReport } from './words.ts'

/** What becomes, or became, of the rows that are loaded. */
export interface Outcome {
  readonly new: number
  readonly changed: number
  readonly same: number
}

/** What the rows of a plan would do: the same comparison as the one that stores them (`upsert.ts`). */
export async function countOf(db: Db, plan: ImportPlan): Promise<Outcome> {
  return inSlices(counted(plan, await knownSites(db)))
}

function* counted({ rows, recoded }: ImportPlan, sites: readonly RegisterRow[]): Steps<Outcome> {
  const known = new Map(sites.map((site) => [site.code, site]))
  for (const { from, to } of recoded) {
    const site = known.get(from)
    if (site) known.set(to, { ...site, code: to })
  }
  const outcome = { new: 0, changed: 0, same: 0 }
  for (const row of rows) {
    const site = known.get(row.code)
    outcome[site === undefined ? 'new' : isSame(site, row) ? 'same' : 'changed'] += 1
    yield
  }
  return outcome
}

function knownSites(db: Db): Promise<RegisterRow[]> {
  return db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .where('site.demo', '=', false)
    .select(['site.code', 'site.name', 'site.url', 'site.level', 'site.district', 'site.platform'])
    .select(['unit.name as unit', 'site.interval_s as intervalS', 'site.profile'])
    .select((eb) => eb.fn.coalesce('site.division', 'site.district').as('division'))
    .execute()
}

const FIELDS = ['name', 'url', 'level', 'district', 'division', 'unit', 'platform', 'intervalS'] as const
const isSame = (site: RegisterRow, row: RegisterRow): boolean =>
  FIELDS.every((field) => site[field] === row[field]) &&
  Object.entries(row.profile ?? {}).every(([key, value]) => isSameValue(site.profile?.[key] ?? null, value))

const isSameValue = (one: FieldValue, other: FieldValue): boolean =>
  one === other || (Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other))

/** Sites of the demo, which go when a register is loaded. */
export async function demoSites(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('site')
    .where('demo', '=', true)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** Rows that are wrong, questions, sites of a question, and units, that are told one by one. */
const MOST = 1_000

export function reportOf(
  { id, file, state, answers }: Pick<Selectable<RegisterImportTable>, 'id' | 'file' | 'state' | 'answers'>,
  plan: ImportPlan,
  outcome: Outcome,
  { emptied, demo }: { readonly emptied: readonly EmptiedUnit[]; readonly demo: number },
): ImportReport {
  const { area, areaBy, bad, questions, waiting, left } = plan
  return {
    id,
    state,
    file,
    area,
    areaBy,
    groups: groupsOf(plan),
    counts: { ...outcome, wrong: bad.length, waiting, left },
    rows: bad.slice(0, MOST).map(({ line, sheet, ...wrong }) => ({
      ...{ line, verdict: 'wrong' as const, errors: [wrong] },
      ...(sheet !== undefined && { sheet }),
    })),
    questions: questions.slice(0, MOST).map(abridged),
    ...(questions.length > MOST && { moreQuestions: questions.length - MOST }),
    answers,
    ...(emptied.length > 0 && { emptied: emptied.slice(0, MOST) }),
    ...(emptied.length > MOST && { moreEmptied: emptied.length - MOST }),
    demo,
  }
}

function abridged(question: Question): Question {
  if (question.kind !== 'missing' || question.sites.length <= MOST) return question
  const { sites } = question
  return { ...question, sites: sites.slice(0, MOST), more: sites.length - MOST }
}

function groupsOf({ rows, groups }: ImportPlan): RegisterImport['groups'] {
  const counts = new Map<string, number>()
  for (const { district } of rows) counts.set(district, (counts.get(district) ?? 0) + 1)
  return groups.flatMap((group) => {
    const sites = counts.get(group.code) ?? 0
    return sites > 0 ? [{ ...group, sites }] : []
  })
}
