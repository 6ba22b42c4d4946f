import type { Fact } from '../../../../shared/base/facts.ts'
import { causePhrase, type Phrase } from '../../../desk/alerts/words.ts'

/** Steps that people take, and the monitor's closing and returning; what opens an alert shows as the site's change. */
const TOLD = new Set<Fact['kind']>([
  'alert.acknowledged',
  'alert.assigned',
  'alert.silenced',
  'rectification.raised',
  'rectification.accepted',
  'rectification.submitted',
  'rectification.closed',
  'rectification.returned',
  'rectification.extended',
  'rectification.overridden',
  'rectification.relapsed',
  'rectification.overdue',
  'pause.approved',
  'pause.withdrawn',
  'pause.ended',
])

/** What the ticker says of a fact; null for what a wall need not tell. */
export function factPhrase(fact: Fact): Phrase | null {
  if (fact.kind === 'site.changed') {
    const { before, after } = fact.data
    if (before !== null && before.state === after.state) return null
    if (after.state === 'healthy') return { key: 'wall.fact.recovered' }
    if (after.state === 'down') return causePhrase(after.cause, null)
    return { key: `state.${after.state}` }
  }
  return TOLD.has(fact.kind) ? { key: `wall.fact.${fact.kind.replace('.', '_')}` } : null
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
