import { type ComputedRef, computed } from 'vue'
import type { SiteLine } from '../../../shared/monitor/line/line.ts'
import { isLeftPlain } from '../../../shared/monitor/line/line-rules.ts'
import { useWords } from '../../base/i18n.ts'

type Line = NonNullable<SiteLine['line']>
type Tone = 'plain' | 'warning' | 'neutral'

/** A line of the table: what it is, what came of it, and in words how. */
export interface LineRow {
  readonly name: 'six' | 'sixLinks' | 'secure' | 'certificate' | 'hsts' | 'headers' | 'load'
  readonly tone: Tone
  readonly result: string
  readonly says: string
}

const DAY_S = 86_400
const SIX_TONES = {
  opens: 'plain',
  fails: 'warning',
  none: 'warning',
  noLine: 'neutral',
  unknown: 'neutral',
} as const
const SECURE_TONES: Readonly<Record<Line['secure']['state'], Tone>> = {
  opens: 'plain',
  none: 'warning',
  fault: 'warning',
  other: 'warning',
  national: 'neutral',
  unknown: 'neutral',
}
/** Grades that nobody need do anything about. */
const GOOD_GRADE = /^[AB]/

/** What there is to say of a line, row by row; of what was not measured, nothing but that. */
export function useLineRows(line: () => Line | null): ComputedRef<LineRow[]> {
  const { t, wordOf } = useWords()

  function six({ six: { state, same, tookMs, cause } }: Line): LineRow {
    const says = [
      ...(same === null ? [] : [t('line.same', { n: Math.round(same * 100) })]),
      ...(tookMs === null ? [] : [t('line.took', { n: Math.round(tookMs) })]),
      ...(state === 'fails' && cause ? [wordOf('cause', cause)] : []),
    ]
    return {
      name: 'six',
      tone: SIX_TONES[state],
      result: t(`line.six.${state}`),
      says: says.join(t('line.and')),
    }
  }

  function sixLinks({ six: { second, third } }: Line): LineRow {
    const shares = [...(second ? [t('line.second', second)] : []), ...(third ? [t('line.third', third)] : [])]
    const isWhole = [second, third].every((share) => share === null || share.opened === share.asked)
    if (shares.length === 0)
      return { name: 'sixLinks', tone: 'neutral', result: t('line.notTried'), says: '' }
    return {
      ...{ name: 'sixLinks', says: shares.join(t('line.and')) },
      ...{ tone: isWhole ? 'plain' : 'warning', result: t(isWhole ? 'line.all' : 'line.part') },
    }
  }

  function secure({ secure: { state, redirection, cause } }: Line): LineRow {
    const says = state === 'fault' && cause ? wordOf('cause', cause) : wordOf('line.redirection', redirection)
    const isSaid = state === 'opens' || state === 'fault'
    return {
      name: 'secure',
      tone: state === 'opens' && isLeftPlain(redirection) ? 'warning' : SECURE_TONES[state],
      result: t(`line.secure.${state}`),
      says: isSaid ? says : '',
    }
  }

  function certificate({ secure: { certDaysLeft, isIncomplete, isWeak, state } }: Line): LineRow[] {
    if (certDaysLeft === null) return []
    const faults = [...(isIncomplete ? [t('line.incomplete')] : []), ...(isWeak ? [t('line.weak')] : [])]
    const isFaulty = faults.length > 0 || state === 'fault' || certDaysLeft < 0
    return [
      {
        ...{ name: 'certificate', tone: isFaulty ? 'warning' : 'plain' },
        result: certDaysLeft < 0 ? t('line.ended') : t('line.daysLeft', { n: certDaysLeft }),
        says: faults.join(t('line.and')),
      },
    ]
  }

  function hsts({ secure: { hstsAge, state }, headers: { tests } }: Line): LineRow[] {
    if (state !== 'opens') return []
    const result =
      hstsAge === null ? t('line.notSaid') : t('line.forDays', { n: Math.round(hstsAge / DAY_S) })
    const isLong = tests.some(({ test, result: came }) => test === 'hsts' && came === 'long')
    return [{ name: 'hsts', tone: isLong ? 'plain' : 'warning', result, says: '' }]
  }

  function headers({ headers: { grade, score } }: Line): LineRow {
    const tone = GOOD_GRADE.test(grade) ? 'plain' : 'warning'
    return { name: 'headers', tone, result: grade, says: t('line.score', { n: score }) }
  }

  function load({ load: { ms, by, isSlow } }: Line): LineRow {
    const result = t('line.seconds', { n: (ms / 1_000).toFixed(2) })
    return { name: 'load', tone: isSlow ? 'warning' : 'plain', result, says: t(`line.by.${by}`) }
  }

  return computed(() => {
    const seen = line()
    if (!seen) return []
    return [
      six(seen),
      sixLinks(seen),
      secure(seen),
      ...certificate(seen),
      ...hsts(seen),
      headers(seen),
      load(seen),
    ]
  })
}
