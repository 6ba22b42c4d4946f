import type { Updateable } from 'kysely'
import { type Alert, type AlertStatus, DEFAULT_ACK_MS } from '../../shared/alerts.ts'
import type { AlertFactKind } from '../../shared/facts.ts'
import { may, type Principal } from '../../shared/users.ts'
import type { AlertTable, Tx } from '../db/database.ts'
import { Refusal } from '../refusal.ts'
import { findById, scopeOf } from '../users/queries.ts'
import { type AlertCommand, acknowledgementEnd, silenceEnd } from './rules.ts'

/** What a person wants done to one or many alerts. */
export type Command =
  | { action: 'acknowledge'; note?: string | undefined; until?: string | undefined }
  | { action: 'assign'; assigneeId: number }
  | { action: 'silence'; until: string; reason: string }
  | { action: 'resolve'; note: string }

/** A command that can be carried out, on any alert that it is allowed on. */
export interface Prepared {
  readonly action: AlertCommand
  readonly kind: AlertFactKind
  /** Note, reason or comment, for the fact. */
  readonly text: string | null
  /** What becomes of an alert in this status. */
  set(status: AlertStatus): Updateable<AlertTable>
  /** Why this alert in particular cannot have it, apart from rights and being overtaken. */
  refuse?(alert: Alert): Refusal | null
}

/** Checks what a command says by itself. @throws Refusal invalid */
export async function prepare(tx: Tx, user: Principal, command: Command, now: number): Promise<Prepared> {
  switch (command.action) {
    case 'acknowledge':
      return prepareAcknowledge(user, command, now)
    case 'assign':
      return prepareAssign(tx, user, command.assigneeId, now)
    case 'silence':
      return prepareSilence(command, now)
    case 'resolve': {
      const set = { status: 'resolved', resolved_at: new Date(now), resolved_by: user.id } as const
      return { action: 'resolve', kind: 'alert.resolved', text: command.note, set: () => set }
    }
  }
}

function prepareAcknowledge(
  user: Principal,
  { note, until }: { note?: string | undefined; until?: string | undefined },
  now: number,
): Prepared {
  const end = acknowledgementEnd(until, now)
  if (end === 'past') throw inThePast()
  if (end === 'too_long') {
    throw new Refusal('invalid', '确认最长 7 天。An acknowledgement holds for 7 days at most.')
  }
  const text = note || null
  const set = acknowledged(user, now, end, text)
  return { action: 'acknowledge', kind: 'alert.acknowledged', text, set: () => set }
}

function acknowledged(
  user: Principal,
  now: number,
  until: number,
  note: string | null,
): Updateable<AlertTable> {
  return {
    status: 'acknowledged',
    acknowledged_by: user.id,
    acknowledged_at: new Date(now),
    acknowledged_until: new Date(until),
    note,
  }
}

async function prepareAssign(tx: Tx, user: Principal, assigneeId: number, now: number): Promise<Prepared> {
  const assignee = await findById(tx, assigneeId)
  if (!assignee) {
    throw new Refusal('invalid', '没有这个人，或账号已停用。There is no such person, or not any more.')
  }
  const who = { role: assignee.role, scope: scopeOf(assignee) }
  const taken = acknowledged(user, now, now + DEFAULT_ACK_MS, null)
  return {
    action: 'assign',
    kind: 'alert.assigned',
    text: null,
    set: (status) => ({
      assignee_id: assigneeId,
      ...(assigneeId === user.id && status === 'open' ? taken : {}),
    }),
    refuse: (alert) =>
      may(who, 'alert.acknowledge', alert)
        ? null
        : new Refusal(
            'invalid',
            `${assignee.name} 不负责该网站。The site is not in the care of ${assignee.name}.`,
          ),
  }
}

function prepareSilence({ until, reason }: { until: string; reason: string }, now: number): Prepared {
  const end = silenceEnd(until, now)
  if (end === 'past') throw inThePast()
  if (end === 'too_long') {
    throw new Refusal(
      'invalid',
      '静默最长 30 天，更久请报备停机。A silence lasts 30 days at most; file downtime for longer.',
    )
  }
  const set = { silenced_until: new Date(end), silence_reason: reason }
  return { action: 'silence', kind: 'alert.silenced', text: reason, set: () => set }
}

const inThePast = () => new Refusal('invalid', '截止时间必须在将来。The end must lie in the future.')
