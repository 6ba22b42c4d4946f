import type { Updateable } from 'kysely'
import type { z } from 'zod'
import type { RectificationFactKind } from '../../shared/facts.ts'
import {
  isCheckedByPerson,
  type Rectification,
  type Step,
  type stepInput,
} from '../../shared/rectifications.ts'
import { shanghaiDay } from '../../shared/time.ts'
import type { Principal } from '../../shared/users.ts'
import type { RectificationTable, Tx } from '../db/database.ts'
import { requireAssignee } from './assignee.ts'
import { termAfter } from './due.ts'
import { pauseUntil, resumed } from './pause.ts'
import { startVerification } from './rules.ts'

/** One step with what it needs, without the version that it starts from. */
export type StepCommand = {
  [S in Step]: { step: S } & Omit<z.output<(typeof stepInput)[S]>, 'version'>
}[Step]

export interface StepEffect {
  readonly kind: RectificationFactKind
  readonly set: Updateable<RectificationTable>
  /** Note or reason, for the fact. */
  readonly text: string | null
}

/**
 * What a step makes of a fix. Reads the database for an assignee only.
 * @param fix as it is, in a stage that the step may be taken from.
 * @throws Refusal invalid
 */
export async function effectOf(
  tx: Tx,
  user: Principal,
  fix: Rectification,
  command: StepCommand,
  at: { now: number; verifyGoodVisits: number },
): Promise<StepEffect> {
  switch (command.step) {
    case 'assign':
      await requireAssignee(tx, command.assigneeId, fix)
      return {
        kind: 'rectification.assigned',
        set: { stage: 'assigned', assignee_id: command.assigneeId },
        text: null,
      }
    case 'accept':
      return {
        kind: 'rectification.accepted',
        set: { stage: 'accepted', assignee_id: fix.assignee?.id ?? user.id },
        text: null,
      }
    case 'submit':
      return submitted(fix, command.note, at)
    case 'return':
      return {
        kind: 'rectification.returned',
        set: {
          stage: 'returned',
          returned_count: fix.returnedCount + 1,
          ...result(fix, 'returned_by_person'),
        },
        text: command.reason,
      }
    case 'confirm':
      return {
        kind: 'rectification.closed',
        set: { stage: 'closed', closed_at: new Date(at.now), ...result(fix, 'confirmed_by_person') },
        text: command.note,
      }
    case 'pause':
      return {
        kind: 'rectification.paused',
        set: pauseUntil(fix, user, command, shanghaiDay(at.now)),
        text: command.reason,
      }
    case 'resume':
      return {
        kind: 'rectification.resumed',
        set: fix.pause ? resumed(fix, fix.pause, shanghaiDay(at.now)) : {},
        text: null,
      }
    case 'extend':
      return extended(fix, command.dueWorkdays, command.reason, at.now)
    case 'override':
      return {
        kind: 'rectification.overridden',
        set: { stage: 'closed', closed_at: new Date(at.now), overridden: true, ...result(fix, 'overridden') },
        text: command.reason,
      }
  }
}

function submitted(
  fix: Rectification,
  note: string | undefined,
  at: { now: number; verifyGoodVisits: number },
): StepEffect {
  const text = note || null
  const verification = isCheckedByPerson(fix)
    ? null
    : JSON.stringify(startVerification(fix.rules, at.verifyGoodVisits))
  const set = {
    stage: 'submitted',
    submitted_at: new Date(at.now),
    submitted_note: text,
    verification,
  } as const
  return { kind: 'rectification.submitted', set, text }
}

/** More time counts from the due day or, once that is past, from today: nobody is given days that are over. */
function extended(fix: Rectification, workdays: number, reason: string, now: number): StepEffect {
  const today = shanghaiDay(now)
  const isPast = today > fix.dueOn
  const given = fix.dueWorkdays + workdays
  const set = { ...termAfter(isPast ? today : fix.dueOn, workdays, given), due_workdays: given }
  return { kind: 'rectification.extended', set, text: reason }
}

function result(
  fix: Rectification,
  code: 'returned_by_person' | 'confirmed_by_person' | 'overridden',
): { verification?: string } {
  return fix.verification ? { verification: JSON.stringify({ ...fix.verification, result: code }) } : {}
}
