import type { RectificationFactKind } from '../../../shared/desk/rectifications/facts.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import type { Contact } from '../../../shared/register/units/units.ts'
import { isWord, type Saying } from '../../base/words/say.ts'

/** What was done, as it follows the name of who did it; nothing yet of a kind that is new. */
function actionOf(kind: RectificationFactKind): Saying {
  const word = `notices.did.${kind}`
  return { word: isWord(word) ? word : 'notices.did.something' }
}

export interface RectificationAction {
  readonly kind: RectificationFactKind
  readonly actor: { readonly name: string } | null
  readonly text: string | null
  readonly rectifications: readonly Rectification[]
  readonly toYou?: boolean
  /** Said to somebody else, who has to ring: nobody can sign in for the unit. */
  readonly ring?: { readonly unit: string; readonly contact: Contact | null }
}

/** Who did what to how many rectifications and why, in one sentence. */
export function rectificationReason({
  kind,
  actor,
  text,
  rectifications,
  toYou,
  ring,
}: RectificationAction): Saying {
  const count = rectifications.length
  // Of the monitor's own, the text is a code, and the line below says the rest.
  const why = actor && text ? text : null
  const was = kind === 'rectification.rescheduled' && text ? text : null
  const what: Saying = {
    word: 'notices.did.sentence',
    values: {
      by: actor ? { word: 'notices.by.person', values: { name: actor.name } } : { word: 'notices.by.system' },
      action: toYou ? { word: 'notices.did.toYou' } : actionOf(kind),
      count: count > 1 ? { word: 'notices.did.several', values: { n: count } } : '',
      why: why ? { word: 'notices.why', values: { text: why } } : '',
      was: was ? { word: 'notices.did.was', values: { was } } : '',
    },
  }
  if (!ring) return what
  return { word: 'notices.did.ring', values: { unit: ring.unit, contact: toRing(ring.contact), what } }
}

function toRing(contact: Contact | null): Saying {
  if (!contact) return { word: 'notices.did.noContact' }
  const { name, phone, mobile } = contact
  return { word: 'notices.did.contact', values: { name, number: phone || mobile } }
}
