import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { MOST_OWN } from '../../../shared/register/ledger/ledger-rules.ts'
import type { NewOwnField, OwnField, OwnFieldEdit } from '../../../shared/register/own-fields/own-fields.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { type AuditRecord, recordAudit } from '../../people/audit/record.ts'
import { nationalColumn, plain } from '../sites/column-names.ts'
import { ownFieldsOf } from './queries.ts'
import './refusals.ts'

/** Defines a field. @throws Refusal invalid, with what is wrong; conflict when there are too many */
export function addOwnField(ctx: Context, user: Principal, given: NewOwnField): Promise<OwnField> {
  return inOne(ctx, user, 'own_field.added', async (tx, known) => {
    if (known.length >= MOST_OWN) {
      throw new Refusal('conflict', 'ownFields.tooMany', { values: { most: MOST_OWN } })
    }
    refuseName(given, known, null)
    const id = known.length + 1
    const { section, kind, zh, en, required } = given
    const choices = choicesOf(kind, given.choices, [])
    const values = { id, section, kind, zh, en, required, choices: JSON.stringify(choices), retired_at: null }
    await tx
      .insertInto('own_field')
      .values({ ...values, demo: await isDemo(tx) })
      .execute()
    return id
  })
}

/** Changes or retires a field. @throws Refusal not_found, invalid; conflict with how it is now */
export function changeOwnField(
  ctx: Context,
  user: Principal,
  id: number,
  { version, ...given }: OwnFieldEdit,
): Promise<OwnField> {
  return inOne(ctx, user, 'own_field.changed', async (tx, known) => {
    const before = known.find((one) => one.id === id)
    if (!before) throw new Refusal('not_found', 'requests.noSuchThing')
    if (before.version !== version) {
      throw new Refusal('conflict', 'ownFields.changedMeanwhile', { current: before })
    }
    refuseName(given, known, id)
    const { section, zh, en, required, retired } = given
    const choices = choicesOf(before.kind, given.choices, before.choices)
    const at = new Date(ctx.clock.now())
    const retiredAt = retired ? sql<Date>`coalesce(retired_at, ${at})` : null
    const set = { section, zh, en, required, choices: JSON.stringify(choices), retired_at: retiredAt }
    await tx
      .updateTable('own_field')
      .set({ ...set, version: version + 1 })
      .where('id', '=', id)
      .execute()
    return id
  })
}

/** One defines fields at a time. What every screen knows of the register is out of date afterwards. */
async function inOne(
  ctx: Context,
  user: Principal,
  action: AuditRecord['action'],
  work: (tx: Tx, known: readonly OwnField[]) => Promise<number>,
): Promise<OwnField> {
  const at = new Date(ctx.clock.now())
  const done = await ctx.db.transaction().execute(async (tx) => {
    await sql`lock table own_field in share row exclusive mode`.execute(tx)
    const id = await work(tx, await ownFieldsOf(tx))
    const field = (await ownFieldsOf(tx)).find((one) => one.id === id)
    if (!field) throw new Refusal('not_found', 'requests.noSuchThing')
    const detail = { ...field }
    await recordAudit(tx, { at, actor: user, action, entity: 'own_field', entityId: id, detail })
    const told = { at: at.toISOString(), siteId: null, district: null }
    const data = { added: 0, changed: 0 }
    const fact: NewFact = { ...told, kind: 'register.changed', actor: { id: user.id, name: user.name }, data }
    await appendFacts(tx, [fact])
    return field
  })
  ctx.wake()
  return done
}

/** A column of a file is known by its name: no two fields have the same. @throws Refusal invalid */
function refuseName(
  given: Pick<NewOwnField, 'zh' | 'en'>,
  known: readonly OwnField[],
  own: number | null,
): void {
  const taken = new Set(known.filter(({ id }) => id !== own).flatMap(({ zh, en }) => [plain(zh), plain(en)]))
  for (const path of ['zh', 'en'] as const) {
    const name = plain(given[path])
    if (name === '') throw refusalAt(path, 'ownFields.noName')
    if (nationalColumn(name) !== undefined || /^own\d+$/.test(name) || taken.has(name)) {
      throw refusalAt(path, 'ownFields.nameTaken', given[path])
    }
  }
}

/** Those that are there stay, under the values that they have. @throws Refusal invalid */
function choicesOf(
  kind: OwnField['kind'],
  given: NewOwnField['choices'],
  before: OwnField['choices'],
): OwnField['choices'] {
  if (kind !== 'choice') return []
  const gone = before.find(({ value }) => !given.some((one) => one.value === value))
  if (gone) throw refusalAt('choices', 'ownFields.choiceGone', gone.zh)
  let next = before.length
  const choices = given.map(({ value, ...said }) => {
    const known = before.find((one) => one.value === value)
    if (known) return { value: known.value, ...said }
    next += 1
    return { value: `c${next}`, ...said }
  })
  const names = choices.flatMap(({ zh, en }) => [...new Set([zh.toLowerCase(), en.toLowerCase()])])
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw refusalAt('choices', 'ownFields.choiceTwice', twice)
  if (choices.filter(({ retired }) => !retired).length < 2) throw refusalAt('choices', 'ownFields.fewChoices')
  return choices
}

type Fault =
  | 'ownFields.noName'
  | 'ownFields.nameTaken'
  | 'ownFields.choiceGone'
  | 'ownFields.choiceTwice'
  | 'ownFields.fewChoices'
function refusalAt(path: string, reason: Fault, name = ''): Refusal {
  const values = { name }
  return new Refusal('invalid', reason, { values, issues: [{ path: `body.${path}`, reason, values }] })
}

/** Fields of the demo go with it. */
async function isDemo(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('site').select('id').where('demo', '=', true).limit(1).executeTakeFirst()
  return row !== undefined
}
