import type { Hit } from '../../../shared/city/search/search.ts'
import type { FoundKind } from '../../../shared/city/search/search-rules.ts'
import type { Branch } from '../../../shared/locales/keys.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'

/** Whose words say what something is, or how it stands. */
const SAID_BY: Readonly<Record<Exclude<FoundKind, 'unit' | 'person'>, Branch>> = {
  site: 'state',
  alert: 'alerts.statuses',
  rectification: 'stage',
  letter: 'letters.states',
  document: 'documents.kinds',
}

/** What is said of something that was found, beside its name. */
export function useHitWords() {
  const { t, te, wordOf } = useWords()
  const districtName = useDistrictName()
  const isOf = (kind: FoundKind, is: string): string => {
    if (kind === 'unit') return ''
    if (kind === 'person') return wordOf(te(`role.${is}`) ? 'role' : 'units.kind', is)
    return wordOf(SAID_BY[kind], is)
  }
  const numberOf = (kind: FoundKind, { id, number }: Hit) =>
    number ?? (kind === 'alert' || kind === 'rectification' ? `#${id}` : null)
  /** Whose it is: its unit, unless that is called the same; else its district. */
  const placeOf = ({ name, unit, district }: Hit) =>
    unit && unit.name !== name ? unit.name : district && districtName(district)
  return {
    nameOf: ({ name }: Hit) => name || t('alerts.city'),
    moreOf: (kind: FoundKind, hit: Hit): string =>
      [numberOf(kind, hit), hit.rule && wordOf('rule', hit.rule), hit.is && isOf(kind, hit.is), placeOf(hit)]
        .filter(Boolean)
        .join(' · '),
  }
}
