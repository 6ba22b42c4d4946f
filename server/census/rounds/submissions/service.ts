import { sql, type Updateable } from 'kysely'
import { localDay } from '../../../../shared/base/time.ts'
import { isEnded, roundNumber } from '../../../../shared/census/rounds/rounds-rules.ts'
import type { SubmissionChanged } from '../../../../shared/census/rounds/submissions/facts.ts'
import type {
  Answers,
  Figures,
  SubmissionDetail,
} from '../../../../shared/census/rounds/submissions/submissions.ts'
import { isHandedIn } from '../../../../shared/census/rounds/submissions/submissions-rules.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { appendFacts } from '../../../base/facts/append.ts'
import { type Issue, Refusal } from '../../../base/refusal.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { todayOf } from '../today.ts'
import { figuresOf } from './figures.ts'
import { findSubmission, isTheirs, type SubmissionRow, toSubmission } from './queries.ts'
import type { CensusSubmissionTable } from './tables.ts'

/** One submission, with what the monitor knows. @throws Refusal not_found, also when it is another unit's */
export async function requireSubmission(
  ctx: Context,
  user: Principal,
  id: number,
): Promise<SubmissionDetail> {
  return detailOf(ctx, ctx.db, user, await requireRow(ctx.db, user, id))
}

interface Written {
  readonly version: number
  readonly answers: Answers
}

/** Keeps what is written so far. @throws Refusal not_found, forbidden, conflict */
export const draftSubmission = (ctx: Context, user: Principal, id: number, { version, answers }: Written) =>
  take(ctx, user, id, version, 'draft', async (_, row) => ({
    // What was returned stays so until it is handed in again.
    change: { answers: JSON.stringify(answers), state: row.state === 'due' ? 'draft' : row.state },
    fact: null,
  }))

/**
 * Signs and hands in: what the monitor knows of that moment is kept with it.
 * @throws Refusal not_found, forbidden; conflict where it was signed already or the round has ended; invalid where
 * something is left unsaid, or the signature is not the name of whoever signs
 */
export const handInSubmission = (
  ctx: Context,
  user: Principal,
  id: number,
  { version, answers, signature }: Written & { readonly signature: string },
) =>
  take(ctx, user, id, version, 'handIn', async (tx, row) => {
    if (signature !== user.name) {
      throw new Refusal('invalid', 'rounds.otherSignature', {
        values: { name: user.name },
        issues: [{ path: 'signature', reason: 'rounds.otherSignature', values: { name: user.name } }],
      })
    }
    const figures = await figuresOf(ctx, tx, row)
    refuseUnsaid(figures, answers)
    const at = new Date(ctx.clock.now())
    const change = {
      ...{ state: 'handed_in' as const, answers: JSON.stringify(answers), figures: JSON.stringify(figures) },
      ...{ handed_in_by: user.id, handed_in_at: at, first_at: row.first_at ?? at, signature },
      ...{ decided_by: null, decided_at: null, decided_note: null },
    }
    return { change, fact: 'submission.handedIn' }
  })

/** Gives it back, for a reason. @throws Refusal not_found, forbidden, conflict */
export const returnSubmission = (ctx: Context, user: Principal, id: number, given: Decision) =>
  take(ctx, user, id, given.version, 'return', async () => ({
    change: { state: 'returned' as const, ...decidedBy(ctx, user, given) },
    fact: 'submission.returned',
    note: given.note,
  }))

/** Accepts it. @throws Refusal not_found, forbidden, conflict */
export const acceptSubmission = (ctx: Context, user: Principal, id: number, given: Decision) =>
  take(ctx, user, id, given.version, 'accept', async () => ({
    change: { state: 'accepted' as const, ...decidedBy(ctx, user, given) },
    fact: 'submission.accepted',
    note: given.note,
  }))

interface Decision {
  readonly version: number
  readonly note: string
}

const decidedBy = (ctx: Context, { id }: Principal, { note }: Decision) => ({
  ...{ decided_by: id, decided_at: new Date(ctx.clock.now()), decided_note: note },
})

/** Of each site it is said whether what the monitor found is so; where it is not, why. */
function refuseUnsaid({ sites }: Figures, answers: Answers): void {
  const issues = sites.flatMap(({ siteId, name }, at): Issue[] => {
    const said = answers.sites.find((one) => one.siteId === siteId)
    const values = { site: name }
    if (!said || said.agrees === null) {
      return [{ path: `answers.sites.${at}.agrees`, reason: 'rounds.siteUnsaid', values }]
    }
    if (!said.agrees && said.note === '') {
      return [{ path: `answers.sites.${at}.note`, reason: 'rounds.siteUnexplained', values }]
    }
    return []
  })
  const [first] = issues
  if (first && 'reason' in first) {
    throw new Refusal('invalid', first.reason, { values: first.values ?? {}, issues })
  }
}

type Step = SubmissionDetail['may'][number]

interface Taken {
  readonly change: Updateable<CensusSubmissionTable>
  readonly fact: SubmissionChanged['kind'] | null
  readonly note?: string
}

async function take(
  ctx: Context,
  user: Principal,
  id: number,
  version: number,
  step: Step,
  work: (tx: Tx, row: SubmissionRow) => Promise<Taken>,
): Promise<SubmissionDetail> {
  const after = await ctx.db.transaction().execute(async (tx) => {
    // Nobody closes the round meanwhile.
    await sql`
      select from census_round where id = (select round_id from census_submission where id = ${id}) for share
    `.execute(tx)
    await tx.selectFrom('census_submission').select('id').where('id', '=', id).forUpdate().execute()
    const row = await requireRow(tx, user, id)
    const before = toSubmission(row, user, await todayOf(ctx, tx))
    if (!before.may.includes(step)) throw await refusalOf(ctx, tx, row, user, step)
    if (row.version !== version) {
      const current = await detailOf(ctx, tx, user, row)
      throw new Refusal('conflict', 'rounds.submissionChanged', { current })
    }
    const { change, fact, note = '' } = await work(tx, row)
    await tx
      .updateTable('census_submission')
      .set({ ...change, version: sql`version + 1` })
      .where('id', '=', id)
      .execute()
    const changed = await requireRow(tx, user, id)
    if (fact) await tell(ctx, tx, user, changed, fact, note)
    return changed
  })
  ctx.wake()
  // What the monitor knows of a whole district is gathered without holding anything.
  return detailOf(ctx, ctx.db, user, after)
}

/** Why somebody may not take a step, in words that tell what to do. */
async function refusalOf(
  ctx: Context,
  tx: Tx,
  row: SubmissionRow,
  user: Principal,
  step: Step,
): Promise<Refusal> {
  const number = roundNumber(row.kind, row.year, row.serial)
  const isWriting = step === 'draft' || step === 'handIn'
  if (isWriting && !isTheirs(user, row)) return new Refusal('forbidden', 'rounds.notTheirs')
  if (!isWriting && !may(user, 'round.accept')) return new Refusal('forbidden', 'requests.roleMayNot')
  if (isEnded(row.round_state)) return new Refusal('conflict', 'rounds.roundOver', { values: { number } })
  const current = await detailOf(ctx, tx, user, row)
  if (isWriting && isHandedIn(row.state)) {
    const day = row.handed_in_at ? localDay(row.handed_in_at.getTime()) : ''
    const name = row.signature ?? ''
    return new Refusal('conflict', 'rounds.signedAlready', { values: { name, day }, current })
  }
  if (!isWriting && row.unit_id === null) return new Refusal('forbidden', 'rounds.ownReport')
  return new Refusal('conflict', 'rounds.notInThisState', { values: { number }, current })
}

/** @throws Refusal not_found */
async function requireRow(db: Db, user: Principal, id: number): Promise<SubmissionRow> {
  const row = await findSubmission(db, user, id)
  if (!row) throw new Refusal('not_found', 'rounds.noSuchSubmission')
  return row
}

async function detailOf(
  ctx: Context,
  db: Db,
  user: Principal,
  row: SubmissionRow,
): Promise<SubmissionDetail> {
  const isFixed = isHandedIn(row.state) && row.figures !== null
  return {
    ...toSubmission(row, user, await todayOf(ctx, db)),
    figures: isFixed && row.figures ? row.figures : await figuresOf(ctx, db, row),
    answers: row.answers ?? { sites: [], words: '', traffic: null },
  }
}

async function tell(
  ctx: Context,
  tx: Tx,
  user: Principal,
  row: SubmissionRow,
  kind: SubmissionChanged['kind'],
  note: string,
): Promise<void> {
  const at = new Date(ctx.clock.now())
  const number = roundNumber(row.kind, row.year, row.serial)
  const detail = { round: number, unit: row.unit_name ?? row.district_name, note }
  await recordAudit(tx, { at, actor: user, action: kind, entity: 'submission', entityId: row.id, detail })
  const places = row.unit_id === null ? {} : { places: [{ district: row.district, unitId: row.unit_id }] }
  await appendFacts(tx, [
    {
      ...{ kind, at: at.toISOString(), siteId: null, district: row.district },
      actor: { id: user.id, name: user.name },
      data: {
        submissionId: row.id,
        number,
        name: row.unit_name ?? row.district_name ?? '',
        text: note || null,
        ...places,
      },
    },
  ])
}
