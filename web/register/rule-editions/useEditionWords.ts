import type { EditionBody, InEach, Rule, Tier } from '../../../shared/register/rule-editions/editions.ts'
import { useWords } from '../../base/i18n.ts'

/** What an edition says, in the reader's language; the wording is the edition's own. */
export function useEditionWords() {
  const { t, locale } = useWords()
  const inWords = ({ zh, en }: InEach): string => (locale.value === 'zh-CN' ? zh : en)

  function tierWords({ if: { absent, from, below }, points }: Tier): string {
    if (absent) return t('editions.does.tierAbsent', { points })
    if (typeof below === 'object') return t('editions.does.tierPortal', { ...below, points })
    if (below === undefined) return t('editions.does.tierFrom', { from: from ?? 0, points })
    if (from === undefined) return t('editions.does.tierBelow', { below, points })
    const to = below - 1
    return from === to
      ? t('editions.does.tierEqual', { from, points })
      : t('editions.does.tierSpan', { from, to, points })
  }

  /** What a rule takes, in short phrases. */
  function effectWords(rule: Pick<Rule, 'effect' | 'counts'>): string[] {
    const { effect } = rule
    switch (effect.form) {
      case 'veto':
        return [
          ...(effect.atLeast === undefined
            ? []
            : [t('editions.does.atLeast', { n: countWords(rule, effect.atLeast) })]),
          ...(effect.atMost === undefined ? [] : [atMostWords(rule, effect.atMost)]),
          ...(effect.absent ? [t('editions.does.absent')] : []),
        ]
      case 'each':
        return [
          t('editions.does.each', { points: effect.points }),
          ...(effect.most === undefined ? [] : [t('editions.does.most', { points: effect.most })]),
        ]
      case 'per': {
        const { per, points } = effect
        const key = effect.round === 'down' ? 'editions.does.perDown' : 'editions.does.perExact'
        return [t(key, { per, points })]
      }
      case 'tiers':
        return effect.tiers.map(tierWords)
    }
  }

  const atMostWords = (rule: Pick<Rule, 'counts'>, n: number): string =>
    n === 0 ? t('editions.does.nothing') : t('editions.does.atMost', { n: countWords(rule, n) })

  /** A number of what a rule counts, as `3 个栏目`. */
  function countWords({ counts }: Pick<Rule, 'counts'>, n: number): string {
    return t(`editions.counts.${counts}`, { n })
  }

  /** What a rule counts, without a number: `个栏目`. */
  const unitWords = ({ counts }: Pick<Rule, 'counts'>): string =>
    t(`editions.counts.${counts}`, { n: '' }).trim()

  const rulesIn = ({ rules }: EditionBody, section: string): Rule[] =>
    rules.filter((rule) => rule.section === section)

  return { inWords, effectWords, countWords, unitWords, rulesIn }
}
