import { sql, type UpdateObject } from 'kysely'
import type { z } from 'zod'
import type { RectificationFactKind } from '../../../shared/desk/rectifications/facts.ts'
import {
  isCheckedByPerson,
  type Rectification,
  type Step,
  type stepInput,
} from '../../../shared/desk/rectifications/rectifications.ts'
import type { AuditAction } from '../../../shared/people/audit/audit.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Database, Tx } from '../../base/db/database.ts'
import { extendedBy, extendedByHours } from './move.ts'
import { requireAssignee } from './raise/assignee.ts'
import { ask, grantOf, settle } from './requests.ts'
import { startVerification } from './rules.ts'
import { type Reckoning, reckoningIn } from './terms/due.ts'
import { pauseUntil, resumed } from './terms/pause.ts'

/** One step with what it needs, without the version that it starts from. */
export type StepCommand = {
  [S in Step]: { step: S } & Omit<z.output<(typeof stepInput)[S]>, 'version'>
}[Step]

export interface StepEffect {
  readonly kind: RectificationFactKind & AuditAction
  readonly set: UpdateObject<Database, 'rectification'>
  /** Note or reason, for the fact. */
  readonly text: string | null
}

/**
 * What a step makes of a rectification. Reads the database for an assignee only.
 * @param rectification as it is, in a stage that the step may be taken from.
 * @throws Refusal invalid
 */
export async function effectOf(
  tx: Tx,
  user: Principal,
  rectification: Rectification,
  command: StepCommand,
  at: { now: number; verifyGoodVisits: number },
): Promise<StepEffect> {
  switch (command.step) {
    case 'assign':
      await requireAssignee(tx, command.assigneeId, rectification)
      return {
        kind: 'rectification.assigned',
        set: {
          stage: 'assigned',
          assignee_id: command.assigneeId,
          assigned_at: sql`coalesce(assigned_at, ${new Date(at.now)}::timestamptz)`,
        },
        text: null,
      }
    case 'accept':
      return {
        kind: 'rectification.accepted',
        set: {
          stage: 'accepted',
          assignee_id: rectification.assignee?.id ?? user.id,
          accepted_at: sql`coalesce(accepted_at, ${new Date(at.now)}::timestamptz)`,
        },
        text: null,
      }
    case 'submit':
      return submitted(rectification, command.note, at)
    case 'return':
      return {
        kind: 'rectification.returned',
        set: {
          stage: 'returned',
          returned_count: rectification.returnedCount + 1,
          ...result(rectification, 'returned_by_person'),
        },
        text: command.reason,
      }
    case 'confirm':
      return {
        kind: 'rectification.closed',
        set: {
          stage: 'closed',
          closed_at: new Date(at.now),
          ...result(rectification, 'confirmed_by_person'),
        },
        text: command.note,
      }
    case 'pause':
      return {
        kind: 'rectification.paused',
        set: pauseUntil(rectification, user, command, await reckoningIn(tx, at.now)),
        text: command.reason,
      }
    case 'resume':
      return {
        kind: 'rectification.resumed',
        set: rectification.pause
          ? resumed(rectification, rectification.pause, await reckoningIn(tx, at.now))
          : {},
        text: null,
      }
    case 'extend':
      return {
        kind: 'rectification.extended',
        set: extended(await reckoningIn(tx, at.now), rectification, command),
        text: command.reason,
      }
    case 'ask':
      await ask(tx, user, rectification, command, await reckoningIn(tx, at.now))
      return { kind: 'rectification.asked', set: {}, text: command.reason }
    case 'withdraw':
      await settle(tx, rectification.id, 'withdrawn', { by: user, at: at.now, answer: null })
      return { kind: 'rectification.withdrawn', set: {}, text: null }
    case 'answer':
      return answered(tx, user, rectification, command, at.now)
    case 'override':
      return {
        kind: 'rectification.overridden',
        set: {
          stage: 'closed',
          closed_at: new Date(at.now),
          overridden: true,
          ...result(rectification, 'overridden'),
        },
        text: command.reason,
      }
  }
}

async function answered(
  tx: Tx,
  user: Principal,
  rectification: Rectification,
  { grant, until, reason }: { grant: boolean; until?: string | undefined; reason?: string | undefined },
  now: number,
): Promise<StepEffect> {
  const { request } = rectification
  const text = reason || null
  const set =
    grant && request
      ? grantOf(
          rectification,
          user,
          { ...request, until: until ?? request.until },
          await reckoningIn(tx, now),
        )
      : {}
  await settle(tx, rectification.id, grant ? 'granted' : 'refused', { by: user, at: now, answer: text })
  return { kind: grant ? 'rectification.granted' : 'rectification.refused', set, text }
}

function submitted(
  rectification: Rectification,
  note: string | undefined,
  at: { now: number; verifyGoodVisits: number },
): StepEffect {
  const text = note || null
  const verification = isCheckedByPerson(rectification)
    ? null
    : JSON.stringify(startVerification(rectification.rules, at.verifyGoodVisits))
  const set = {
    stage: 'submitted',
    submitted_at: new Date(at.now),
    submitted_note: text,
    verification,
  } as const
  return { kind: 'rectification.submitted', set, text }
}

function extended(
  by: Reckoning,
  rectification: Rectification,
  { dueWorkdays, dueHours }: { dueWorkdays?: number | undefined; dueHours?: number | undefined },
): StepEffect['set'] {
  return dueHours === undefined
    ? extendedBy(by, rectification, dueWorkdays ?? 0)
    : extendedByHours(by, rectification, dueHours)
}

function result(
  rectification: Rectification,
  code: 'returned_by_person' | 'confirmed_by_person' | 'overridden',
): { verification?: string } {
  return rectification.verification
    ? { verification: JSON.stringify({ ...rectification.verification, result: code }) }
    : {}
}
