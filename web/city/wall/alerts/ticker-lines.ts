import type { Fact } from '../../../../shared/base/facts.ts'
import { MINUTE } from '../../../../shared/base/time.ts'
import type { SiteState } from '../../../../shared/register/sites/states.ts'
import type { Phrase } from '../../../base/i18n.ts'
import { factPhrase } from './fact-words.ts'

/** What happened to one site, or to several alike. */
export interface TickerLine {
  /** Of the newest fact that it tells. */
  readonly seq: number
  readonly at: string
  /** Of the newest. */
  readonly name: string
  /** How many sites it tells of. */
  readonly count: number
  readonly phrase: Phrase
  readonly state: SiteState | null
}

/** Facts that say the same within this time are one line. */
export const FOLD_MS = 5 * MINUTE

/**
 * The newest facts worth telling, the newest first; what is told of several sites within minutes is told once, with
 * how many they are.
 * @param facts newest first.
 * @param nameOf null for a fact whose name is not known.
 */
export function tickerLines(
  facts: readonly Fact[],
  nameOf: (fact: Fact) => string | null,
  most: number,
): TickerLine[] {
  const lines = new Map<string, TickerLine & { readonly names: Set<string> }>()
  for (const fact of facts) {
    const phrase = factPhrase(fact)
    const name = phrase && nameOf(fact)
    if (!phrase || name === null) continue
    const key = JSON.stringify(phrase)
    const line = lines.get(key)
    if (!line) {
      const state = fact.kind === 'site.changed' ? fact.data.after.state : null
      lines.set(key, { seq: fact.seq, at: fact.at, name, count: 1, names: new Set([name]), phrase, state })
    } else if (Date.parse(line.at) - Date.parse(fact.at) <= FOLD_MS) {
      line.names.add(name)
      lines.set(key, { ...line, count: line.names.size })
    }
  }
  return [...lines.values()].slice(0, most).map(({ names, ...line }) => line)
}
