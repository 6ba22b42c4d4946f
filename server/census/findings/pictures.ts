import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import type { CensusFinding } from '../../../shared/census/findings/findings.ts'
import {
  MOST_PICTURES,
  MOST_PICTURES_A_DAY,
  PICTURE_ENDS,
} from '../../../shared/census/findings/findings-rules.ts'
import { kindOfName } from '../../../shared/people/files/files-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { type Claim, checkContent } from '../../people/files/content.ts'
import { bringHolder, keepContent, refuseBeyondDay } from '../../people/files/keep.ts'
import { findFinding } from './queries.ts'
import './refusals.ts'

bringHolder(
  'census_picture',
  () => sql`exists (select from census_picture p where p.hash = file_content.hash)`,
)

/** The finding, if this person may add to it now. @throws Refusal not_found, forbidden, conflict */
export async function requireIllustratable(db: Db, user: Principal, id: number): Promise<CensusFinding> {
  const finding = await findFinding(db, user, id)
  if (!finding) throw new Refusal('not_found', 'requests.noSuchThing')
  if (finding.may.includes('illustrate')) return finding
  const { number, pictures, may } = finding
  if (pictures.length >= MOST_PICTURES) {
    throw new Refusal('conflict', 'findings.tooManyPictures', { values: { most: MOST_PICTURES } })
  }
  if (may.length === 0 && finding.ended === null) throw new Refusal('forbidden', 'requests.roleMayNot')
  throw new Refusal('conflict', 'findings.notInThisState', { values: { number }, current: finding })
}

/**
 * Adds a screenshot to a finding; what it holds is kept with the attachments.
 * @throws Refusal not_found, forbidden, conflict; invalid for what is no picture, or another than it says;
 * too_many_requests
 */
export async function addPicture(
  ctx: Context,
  user: Principal,
  findingId: number,
  claim: Claim,
  bytes: Buffer,
): Promise<CensusFinding> {
  const { name, type } = await requirePicture(bytes, claim)
  const at = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    // Two who add at once do not both add the last one.
    await tx.selectFrom('census_finding').select('id').where('id', '=', findingId).forUpdate().execute()
    const finding = await requireIllustratable(tx, user, findingId)
    await refuseTooManyToday(tx, user, at)
    await refuseBeyondDay(tx, user, at.getTime())
    const hash = await keepContent(tx, bytes)
    const row = { finding_id: findingId, name, type, hash, uploaded_by: user.id, uploaded_at: at }
    await tx.insertInto('census_picture').values(row).execute()
    const detail = { number: finding.number, name, hash, size: bytes.length }
    await recordAudit(tx, {
      ...{ at, actor: user, action: 'finding.illustrated', entity: 'finding', entityId: findingId, detail },
    })
    return requireFound(await findFinding(tx, user, findingId))
  })
}

/** A picture of a finding that is seen. @throws Refusal not_found */
export async function pictureOf(db: Db, user: Principal, id: number) {
  const row = await db
    .selectFrom('census_picture as p')
    .innerJoin('file_content as c', 'c.hash', 'p.hash')
    .select(['p.finding_id', 'p.name', 'p.type', 'c.hash', 'c.bytes'])
    .where('p.id', '=', id)
    .executeTakeFirst()
  if (!row || !(await findFinding(db, user, row.finding_id))) {
    throw new Refusal('not_found', 'findings.noSuchPicture')
  }
  return row
}

/** @throws Refusal invalid */
async function requirePicture(bytes: Buffer, claim: Claim): Promise<{ name: string; type: string }> {
  const end = kindOfName(claim.name)
  if (!PICTURE_ENDS.some((one) => one === end)) {
    throw new Refusal('invalid', 'findings.noPicture', {
      values: { name: claim.name, ends: [...PICTURE_ENDS] },
    })
  }
  return checkContent(bytes, claim)
}

async function refuseTooManyToday(tx: Tx, user: Principal, at: Date): Promise<void> {
  const { n } = await tx
    .selectFrom('census_picture')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('uploaded_by', '=', user.id)
    .where('uploaded_at', '>', new Date(at.getTime() - DAY))
    .executeTakeFirstOrThrow()
  if (n >= MOST_PICTURES_A_DAY) {
    throw new Refusal('too_many_requests', 'findings.tooManyPicturesToday', {
      values: { most: MOST_PICTURES_A_DAY },
    })
  }
}

function requireFound(finding: CensusFinding | undefined): CensusFinding {
  if (!finding) throw new Error('the finding is gone in its own transaction')
  return finding
}
