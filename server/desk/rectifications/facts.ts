import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import type { RectificationFactKind } from '../../../shared/desk/rectifications/facts.ts'
import type {
  Rectification,
  RectificationRequest,
} from '../../../shared/desk/rectifications/rectifications.ts'

/**
 * The fact that something was done to a rectification.
 * @param rectification as it is after that; changed in this transaction.
 * @param actor null for the monitor.
 * @param text note or reason; for the monitor's own, the code of its result.
 * @param more whom a comment mentions; what was asked for or answered.
 */
export function factOf(
  kind: RectificationFactKind,
  rectification: Rectification,
  actor: Person | null,
  text: string | null,
  now: number,
  more: { mentions?: readonly Person[]; request?: RectificationRequest } = {},
): NewFact {
  return {
    at: new Date(now).toISOString(),
    kind,
    siteId: rectification.siteId,
    district: rectification.district,
    actor: actor && { id: actor.id, name: actor.name },
    data: {
      rectification: rectification,
      text,
      ...(more.mentions?.length && { mentions: more.mentions.map(({ id, name }) => ({ id, name })) }),
      ...(more.request && { request: more.request }),
    },
  }
}
