import { cut } from '../../../shared/base/text.ts'
import type { AccountImport, AccountImportRow } from '../../../shared/people/accounts/accounts.ts'
import type { NewUser, Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import type { ReasonWithValues } from '../../base/words/refusals.ts'
import { hashPassword, NO_PASSWORD, newPassword } from '../sessions/secrets.ts'
import { changeAccount, insertAccount } from './accounts.ts'
import { accountOf, districtsKnown, type SheetPlaces, unitsNamed } from './import-account.ts'
import { rowsOf, type SheetRow } from './import-rows.ts'
import { readSheet } from './import-sheet.ts'
import { requireManaged } from './manage.ts'
import { placesGiven } from './places.ts'

declare module '../../base/context.ts' {
  interface After {
    /** Asked of those who know places: what all groups together are called, in each language. */
    wholeNames(tx: Tx): Promise<readonly string[]>
  }
}

/** A workbook of 2 MB is some 20 MB when it is unpacked. */
const MOST_UNPACKED = 32 * 2 ** 20

/** Takes back what was done. */
class Undo extends Error {}

/** The hash of a new account's first password. */
type HashOf = (username: string) => string

/**
 * Makes and changes accounts as a sheet has them, within the rights of who does it: all of them in one transaction
 * or, with one row that is refused, none. A dry run does the same and takes it back. The same sheet twice changes
 * nothing. First passwords are known only now.
 * @throws Refusal invalid (not a sheet of accounts), too_large, conflict (changed by somebody else meanwhile)
 */
export async function importAccounts(
  ctx: Context,
  by: Principal,
  bytes: Buffer,
  isDry: boolean,
): Promise<ImportedAccounts> {
  const { rows: sheet, ignored } = rowsOf(await readSheet(bytes, MOST_UNPACKED))
  const planned = await run(ctx, by, sheet, () => NO_PASSWORD, true)
  if (isDry || isRefused(planned)) return { rows: planned, ignored, applied: false, passwords: [] }
  const made = planned.filter(({ action }) => action === 'create')
  const passwords = made.map(({ username, name }) => ({ username, name, password: newPassword() }))
  const hashes = await hashesOf(passwords)
  const rows = await run(
    ctx,
    by,
    sheet,
    (username) => hashes.get(username) ?? raise(changedMeanwhile()),
    false,
  )
  if (isRefused(rows)) return { rows, ignored, applied: false, passwords: [] }
  ctx.recheck()
  return { rows, ignored, applied: true, passwords }
}

const isRefused = (rows: readonly TakenRow[]) => rows.some(({ action }) => action === 'refuse')
const changedMeanwhile = () => new Refusal('conflict', 'accounts.accountsBeenChangedMeanwhile')
function raise(error: Error): never {
  throw error
}

/** One after the other and before the transaction: people who sign in have their turns between them. */
async function hashesOf(passwords: AccountImport['passwords']): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  for (const { username, password } of passwords) hashes.set(username, await hashPassword(password))
  return hashes
}

async function run(
  ctx: Context,
  by: Principal,
  sheet: readonly SheetRow[],
  hashOf: HashOf,
  isDry: boolean,
): Promise<TakenRow[]> {
  const rows: TakenRow[] = []
  const at = new Date(ctx.clock.now())
  try {
    await ctx.db.transaction().execute(async (tx) => {
      const places = {
        units: await unitsNamed(tx, sheet),
        districts: await districtsKnown(tx),
        whole: await ctx.after.wholeNames(tx),
      }
      const known = await accountsNamed(tx, sheet)
      const lines = new Map<string, number>()
      for (const row of sheet) {
        rows.push(await take(row, () => apply(tx, by, row, { ctx, places, known, lines, hashOf, at })))
      }
      if (isDry || isRefused(rows)) throw new Undo()
    })
  } catch (error) {
    if (!(error instanceof Undo)) throw error
  }
  return rows
}

type Known = Awaited<ReturnType<typeof accountsNamed>>
interface Surroundings {
  readonly ctx: Context
  readonly places: SheetPlaces
  readonly known: Known
  /** Where a username stood first. */
  readonly lines: Map<string, number>
  readonly hashOf: HashOf
  readonly at: Date
}

async function accountsNamed(tx: Tx, sheet: readonly SheetRow[]) {
  const rows = await tx
    .selectFrom('user_account')
    .select(['id', 'username', 'name', 'role', 'districts', 'unit_ids', 'phone', 'mobile', 'mail'])
    .where(
      'username',
      'in',
      sheet.map(({ cells }) => cells.username),
    )
    .execute()
  return new Map(rows.map((row) => [row.username, row]))
}

type Outcome = Pick<AccountImportRow, 'action' | 'changes'>

const MOST_SHOWN = 100

/** What came of a sheet; why a row is refused is said in words at the edge. */
export type ImportedAccounts = Omit<AccountImport, 'rows'> & { readonly rows: readonly TakenRow[] }
type TakenRow = Omit<AccountImportRow, 'reason'> & { readonly reason: ReasonWithValues | null }

/** What became of a row; a refusal is its reason. */
async function take({ line, cells }: SheetRow, act: () => Promise<Outcome>): Promise<TakenRow> {
  const { username, name, role } = cells
  const shown = (cell: string) => cut(cell, MOST_SHOWN)
  const said = {
    line,
    username: shown(username),
    name: shown(name),
    role: shown(role),
    place: shown(cells.unit || cells.district),
  }
  try {
    return { ...said, ...(await act()), reason: null }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'conflict') throw error
    return { ...said, action: 'refuse', changes: [], reason: { reason: error.reason, values: error.values } }
  }
}

async function apply(tx: Tx, by: Principal, row: SheetRow, around: Surroundings): Promise<Outcome> {
  const given = accountOf(row, around.places)
  const first = around.lines.get(given.username)
  if (first !== undefined) {
    throw new Refusal('invalid', 'accounts.usernameStandsLineAlready', { values: { first } })
  }
  around.lines.set(given.username, row.line)
  const before = around.known.get(given.username)
  if (!before) {
    const made = await insertAccount(around.ctx, tx, by, given, around.hashOf(given.username), around.at)
    if (!made) throw changedMeanwhile()
    return { action: 'create', changes: [] }
  }
  await requireManaged(tx, by, before.id)
  const changes = changesOf(before, given)
  if (changes.length === 0) return { action: 'same', changes }
  await changeAccount(around.ctx, tx, by, before.id, given, around.at)
  return { action: 'change', changes }
}

/** Whether these are the same places, in whatever order. */
const areSame = <T>(some: readonly T[], others: readonly T[]) =>
  some.length === others.length && some.every((one) => others.includes(one))

function changesOf(
  before: NonNullable<ReturnType<Known['get']>>,
  given: NewUser,
): AccountImportRow['changes'] {
  const { districts, unitIds } = placesGiven(given)
  const isPlaceSame = areSame(before.districts, districts) && areSame(before.unit_ids, unitIds)
  const plain = (['name', 'role', 'phone', 'mobile', 'mail'] as const).filter(
    (field) => given[field] !== undefined && given[field] !== before[field],
  )
  return isPlaceSame ? plain : [...plain, 'place']
}
