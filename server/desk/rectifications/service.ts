import { sql } from 'kysely'
import {
  canTake,
  nextSteps,
  objectionTo,
  type Rectification,
  type RectificationRequest,
  type Stage,
} from '../../../shared/desk/rectifications/rectifications.ts'
import { covers, may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { conflictWith, lastActions } from '../../base/facts/conflict.ts'
import { refuseBeyondQuota } from '../../base/facts/quota.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Saying } from '../../base/words/say.ts'
import { readColumnsSoon } from '../../monitor/columns/queries.ts'
import { recheckSoon } from '../../monitor/links/recheck.ts'
import { lookSoon } from '../../monitor/links/service.ts'
import { drawSoon } from '../../monitor/rendering/service.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { peopleWhoSee } from '../alerts/mentions.ts'
import { notify } from '../notices/notify.ts'
import { factOf } from './facts.ts'
import { pictureAfter } from './pictures/before-after.ts'
import { rectificationsById } from './queries.ts'
import { notifyAsker, notifyGranters, settle } from './requests.ts'
import { effectOf, type StepCommand } from './steps.ts'

/**
 * Takes a step with a rectification that a person saw at `version`.
 * @throws Refusal invalid, not_found, forbidden; conflict when it has changed, or the step cannot be taken from
 * the stage that it is in.
 */
export async function takeStep(
  ctx: Context,
  user: Principal,
  seen: { id: number; version: number },
  command: StepCommand,
): Promise<Rectification> {
  const now = ctx.clock.now()
  const { verifyGoodVisits } = ctx.config
  const rectification = await ctx.db.transaction().execute(async (tx) => {
    const before = await requireAllowed(tx, user, seen, command, now)
    if (command.step === 'submit') await haveMeasured(tx, before, now)
    const { kind, set, text } = await effectOf(tx, user, before, command, { now, verifyGoodVisits })
    const { numUpdatedRows } = await tx
      .updateTable('rectification')
      .set({ ...set, version: sql`version + 1` })
      .where('id', '=', seen.id)
      .where('version', '=', seen.version)
      .executeTakeFirst()
    await settleBy(tx, user, before, command, now)
    const after = (await rectificationsById(tx, [seen.id])).get(seen.id)
    if (numUpdatedRows === 0n || !after) throw await overtaken(tx, seen.id, after, now)
    const { step, ...detail } = command
    await recordAudit(tx, {
      at: new Date(now),
      actor: user,
      action: kind,
      entity: 'rectification',
      entityId: seen.id,
      detail,
    })
    if (after.stage === 'closed') await pictureAfter(tx, [after], now)
    const request = after.request ?? before.request ?? undefined
    const isAbout = ['ask', 'withdraw', 'answer'].includes(step)
    if (request) await notifyOfRequest(tx, user, { rectification: after, request, command, text }, now)
    await appendFacts(tx, [factOf(kind, after, user, text, now, isAbout && request ? { request } : {})])
    return after
  })
  ctx.wake()
  return rectification
}

/** Adds a comment. It changes nothing of the rectification, so it overtakes nobody. @throws Refusal not_found, forbidden, invalid, too_many_requests */
export async function commentRectification(
  ctx: Context,
  user: Principal,
  id: number,
  { text, mentions = [] }: { text: string; mentions?: readonly number[] | undefined },
): Promise<Rectification> {
  const now = ctx.clock.now()
  const rectification = await ctx.db.transaction().execute(async (tx) => {
    await sql`select id from rectification where id = ${id} for update`.execute(tx)
    const found = (await rectificationsById(tx, [id])).get(id)
    if (!found || !covers(user.scope, found)) throw noSuchRectification()
    if (!may(user, 'rectification.comment', found)) {
      throw new Refusal('forbidden', 'rectifications.mayNotCommentRectification')
    }
    await refuseBeyondQuota(tx, user, ctx)
    const wanted = new Set(mentions)
    const called =
      wanted.size === 0 ? [] : (await peopleWhoSee(tx, found)).filter((one) => wanted.has(one.id))
    if (called.length < wanted.size) {
      throw new Refusal('invalid', 'rectifications.somebodyMentionedCannotSeeRectification')
    }
    const recipients = called.map((one) => one.id).filter((one) => one !== user.id)
    if (recipients.length > 0) {
      const reason: Saying = { word: 'notices.call.mention', values: { name: user.name, text } }
      await notify(tx, { recipients, about: { rectifications: [found] }, reason }, now)
    }
    await recordAudit(tx, {
      at: new Date(now),
      actor: user,
      action: 'rectification.commented',
      entity: 'rectification',
      entityId: id,
      detail: { text, mentions: called.map((one) => one.id) },
    })
    await appendFacts(tx, [factOf('rectification.commented', found, user, text, now, { mentions: called })])
    return found
  })
  ctx.wake()
  return rectification
}

const noSuchRectification = () => new Refusal('not_found', 'common.noSuchRectification')

/** What is asked for is told to those who may grant it, and the answer to whoever asked. */
async function notifyOfRequest(
  tx: Tx,
  user: Principal,
  {
    rectification,
    request,
    command,
    text,
  }: {
    rectification: Rectification
    request: RectificationRequest
    command: StepCommand
    text: string | null
  },
  now: number,
): Promise<void> {
  if (command.step === 'ask') await notifyGranters(tx, rectification, request, now)
  if (command.step === 'answer') {
    await notifyAsker(tx, rectification, request, { granted: command.grant, by: user, reason: text }, now)
  }
}

/** A request that is done with by another step: given what it asked for without being answered, or closed. */
async function settleBy(tx: Tx, user: Principal, before: Rectification, { step }: StepCommand, now: number) {
  const { request } = before
  if (!request) return
  if (step === request.kind) await settle(tx, before.id, 'granted', { by: user, at: now, answer: null })
  if (step === 'override' || step === 'confirm') {
    await settle(tx, before.id, 'lapsed', { by: user, at: now, answer: null })
  }
}

/** The rectification, if the person may take the step with it as it is. */
async function requireAllowed(
  tx: Tx,
  user: Principal,
  seen: { id: number; version: number },
  { step }: StepCommand,
  now: number,
): Promise<Rectification> {
  const rectification = (await rectificationsById(tx, [seen.id])).get(seen.id)
  if (!rectification || !covers(user.scope, rectification))
    throw new Refusal('not_found', 'common.noSuchRectification')
  if (!may(user, `rectification.${step}`, rectification)) {
    throw new Refusal('forbidden', 'rectifications.mayNotTakeStep')
  }
  if (rectification.version !== seen.version) throw await overtaken(tx, seen.id, rectification, now)
  const objection = canTake(rectification.stage, step)
    ? objectionTo(rectification, step, now)
    : rectification.stage
  if (objection !== null) throw cannotFollow(rectification, objection, now)
  return rectification
}

/** Why a step cannot be taken: the stage of the rectification, or what stands in its way. */
type WhyNot = Stage | NonNullable<ReturnType<typeof objectionTo>>

/** Says why not, and what may follow instead. */
function cannotFollow(rectification: Rectification, why: WhyNot, now: number): Refusal {
  const isSo = { word: `rectifications.is.${why}` } as const
  const next = nextSteps(rectification, now).map((step) => ({ word: `rectifications.step.${step}` }) as const)
  return next.length === 0
    ? new Refusal('conflict', 'rectifications.nothingFollows', { values: { isSo }, current: rectification })
    : new Refusal('conflict', 'rectifications.otherStepsFollow', {
        values: { isSo, next },
        current: rectification,
      })
}

async function overtaken(
  tx: Tx,
  id: number,
  current: Rectification | undefined,
  now: number,
): Promise<Refusal> {
  return conflictWith((await lastActions(tx, 'rectification', [id])).get(id), current, now)
}

/**
 * The site's turn comes now, and its page is read whether or not its bytes have changed, and drawn where a renderer is there; so are its
 * columns, and the links that were broken, where the rectification is about them. First of all in the transaction: the monitor, too, locks the
 * site's state before its rectifications.
 */
async function haveMeasured(tx: Tx, { siteId, rules }: Rectification, now: number): Promise<void> {
  await tx
    .updateTable('site_state')
    .set({ next_visit_at: new Date(now), read_again: true })
    .where('site_id', '=', siteId)
    .execute()
  const withColumns = rules.includes('V3')
  if (withColumns) await readColumnsSoon(tx, siteId, new Date(now))
  if (withColumns || rules.includes('V2')) await drawSoon(tx, siteId, { withColumns }, now)
  if (rules.includes('LINKS')) await recheckSoon(tx, siteId, new Date(now))
  if (rules.includes('MACHINE')) await lookSoon(tx, siteId, new Date(now))
}
