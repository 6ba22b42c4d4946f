import { daysBetween, localDay } from '../../../shared/base/time.ts'
import type { WordKey } from '../../../shared/locales/keys.ts'
import type { Shown, SiteEvidence } from '../../../shared/monitor/freshness/evidence.ts'

/** A sentence as key and values: why the verdict was so, by what was read on the kept page. */
export interface Sentence {
  readonly key: WordKey
  readonly values: { readonly newest: string; readonly days: number }
}

export function sentenceOf({ shown, finding, at }: Pick<SiteEvidence, 'shown' | 'finding' | 'at'>): Sentence {
  const newest = finding?.newest ?? null
  if (newest === null) {
    const key = shown === 'violated' ? 'undated' : shown === 'blocked' ? 'blocked' : 'insufficient'
    return { key: `evidence.because.${key}`, values: { newest: '', days: 0 } }
  }
  const days = daysBetween(newest, localDay(Date.parse(at)))
  return { key: `evidence.because.${shown}`, values: { newest, days } }
}

export const TONES = {
  ok: 'plain',
  warning: 'warning',
  violated: 'dead',
  insufficient: 'neutral',
  blocked: 'neutral',
} as const satisfies Record<Shown, string>
