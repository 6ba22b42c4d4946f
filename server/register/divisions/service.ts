import { sql } from 'kysely'
import type { User } from '../../../shared/people/rights/rights.ts'
import type {
  ChangedDivision,
  ListedDivision,
  NewDivision,
} from '../../../shared/register/divisions/divisions.ts'
import { NATION } from '../../../shared/register/divisions/divisions-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { type AuditRecord, recordAudit } from '../../people/audit/record.ts'
import { ensureGroups } from './area.ts'
import { divisionsWith, pathTo } from './queries.ts'

/**
 * Adds a division that the product does not bring: a new area, a development zone, a department.
 * @throws Refusal conflict when the code is taken; invalid when it does not fit the tree.
 */
export async function createDivision(ctx: Context, user: User, given: NewDivision): Promise<ListedDivision> {
  const { code, nameEn, ...rest } = given
  await change(ctx, user, 'division.added', given, async (tx) => {
    await refuseMisfit(tx, code, given)
    const added = await tx
      .insertInto('division')
      .values({ ...rest, code, name_en: nameEn, edited: true })
      .onConflict((on) => on.column('code').doNothing())
      .returning('code')
      .executeTakeFirst()
    if (!added) throw new Refusal('conflict', 'divisions.codeTaken')
  })
  return listedOf(ctx, user, code)
}

/**
 * Corrects a division, whoever brought it. Sites stay in it until the register is loaded again or says otherwise.
 * @throws Refusal not_found; conflict when somebody has changed it meanwhile; invalid when it does not fit the tree.
 */
export async function changeDivision(
  ctx: Context,
  user: User,
  code: string,
  { version, nameEn, ...rest }: ChangedDivision,
): Promise<ListedDivision> {
  await change(ctx, user, 'division.changed', { code, nameEn, ...rest }, async (tx) => {
    const before = await tx
      .selectFrom('division')
      .select(['version', 'level'])
      .where('code', '=', code)
      .executeTakeFirst()
    if (!before || before.level === 'nation') throw noDivision()
    await refuseMisfit(tx, code, rest)
    const { numUpdatedRows } = await tx
      .updateTable('division')
      .set({ ...rest, name_en: nameEn, edited: true, version: version + 1 })
      .where('code', '=', code)
      .where('version', '=', version)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) {
      throw new Refusal('conflict', 'divisions.changedMeanwhile')
    }
  })
  return listedOf(ctx, user, code)
}

/** Every screen names groups from the board, so that a change of them is a change of the register. */
async function change(
  ctx: Context,
  user: User,
  action: AuditRecord['action'],
  detail: Record<string, unknown>,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  const at = new Date(ctx.clock.now())
  await ctx.db.transaction().execute(async (tx) => {
    await work(tx)
    await ensureGroups(tx)
    await recordAudit(tx, { at, actor: user, action, entity: 'division', entityId: null, detail })
    const told = {
      at: at.toISOString(),
      siteId: null,
      district: null,
      actor: { id: user.id, name: user.name },
    }
    await appendFacts(tx, [
      { ...told, kind: 'register.changed', data: { added: 0, changed: 0, what: 'divisions' } },
    ])
  })
  ctx.wake()
}

/** A parent and a successor must be there, and nothing may lie in itself or follow itself. @throws Refusal */
async function refuseMisfit(
  tx: Tx,
  code: string,
  { parent, successor }: Pick<NewDivision, 'parent' | 'successor'>,
): Promise<void> {
  const above = await pathTo(tx, parent)
  if (above[0] !== NATION) throw new Refusal('invalid', 'divisions.noParent')
  if (above.includes(code)) {
    throw new Refusal('invalid', 'divisions.withinItself')
  }
  if (successor === null) return
  const { rows } = await sql<{ code: string; parent: string | null }>`
    with recursive next as (
      select code, successor, 1 as steps from division where code = ${successor}
      union all select d.code, d.successor, steps + 1
        from division d join next on d.code = next.successor where steps < 20
    ) select code from next`.execute(tx)
  const codes = rows.map((row) => row.code)
  if (codes.length === 0) throw new Refusal('invalid', 'divisions.noSuccessor')
  if (codes.includes(code) || (await pathTo(tx, successor)).includes(code)) {
    throw new Refusal('invalid', 'divisions.followsItself')
  }
}

async function listedOf(ctx: Context, user: User, code: string): Promise<ListedDivision> {
  const [division] = await divisionsWith(ctx.db, user.scope, [code])
  if (!division) throw noDivision()
  return division
}

const noDivision = () => new Refusal('not_found', 'divisions.none')
