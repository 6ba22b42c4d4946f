import type { Fact } from '../../../../shared/base/facts.ts'
import type { WordKey } from '../../../../shared/locales/keys.ts'
import type { Phrase } from '../../../base/i18n.ts'
import { causePhrase } from '../../../desk/alerts/words.ts'

/** Steps that people take, and the monitor's closing and returning; what opens an alert shows as the site's change. */
const TOLD: Partial<Record<Fact['kind'], WordKey>> = {
  'alert.acknowledged': 'wall.fact.alert_acknowledged',
  'alert.assigned': 'wall.fact.alert_assigned',
  'alert.silenced': 'wall.fact.alert_silenced',
  'rectification.raised': 'wall.fact.rectification_raised',
  'rectification.accepted': 'wall.fact.rectification_accepted',
  'rectification.submitted': 'wall.fact.rectification_submitted',
  'rectification.closed': 'wall.fact.rectification_closed',
  'rectification.returned': 'wall.fact.rectification_returned',
  'rectification.extended': 'wall.fact.rectification_extended',
  'rectification.overridden': 'wall.fact.rectification_overridden',
  'rectification.relapsed': 'wall.fact.rectification_relapsed',
  'rectification.overdue': 'wall.fact.rectification_overdue',
  'pause.approved': 'wall.fact.pause_approved',
  'pause.withdrawn': 'wall.fact.pause_withdrawn',
  'pause.ended': 'wall.fact.pause_ended',
}

/** What the ticker says of a fact; null for what a wall need not tell. */
export function factPhrase(fact: Fact): Phrase | null {
  if (fact.kind === 'site.changed') {
    const { before, after } = fact.data
    if (before !== null && before.state === after.state) return null
    if (after.state === 'healthy') return { key: 'wall.fact.recovered' }
    if (after.state === 'down') return causePhrase(after.cause, null)
    return { key: `state.${after.state}` }
  }
  const key = TOLD[fact.kind]
  return key ? { key } : null
}

/** The name that a fact carries itself; null where the board has to be asked. */
export function factName(fact: Fact, districtName: (code: string) => string): string | null {
  if (!('data' in fact)) return null
  if ('alert' in fact.data) return fact.data.alert.siteName
  if ('rectification' in fact.data) return fact.data.rectification.siteName
  if (!('pause' in fact.data)) return null
  const { name, platform, district } = fact.data.pause
  return name ?? platform ?? districtName(district ?? '')
}
