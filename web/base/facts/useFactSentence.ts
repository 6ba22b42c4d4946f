import type { Fact } from '../../../shared/base/facts.ts'
import { useWords } from '../i18n.ts'
import { useDistrictName } from '../live/names.ts'
import { formatMoment } from '../ui/marks/format.ts'
import { factWords } from './fact-words.ts'

/** Says facts in the language of the page. */
export function useFactSentence(): (fact: Fact) => string {
  const { t, te, wordOf } = useWords()
  const districtName = useDistrictName()
  const map = (entries: Readonly<Record<string, string>>, say: (value: string) => string) =>
    Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, value === '' ? '' : say(value)]))
  return (fact) => {
    const { key, plain, words, times, districts, cause, result, mentions } = factWords(fact)
    const whole = `facts.${key}`
    if (!te(whole)) return t('facts.unknown', { kind: fact.kind })
    const named = {
      ...map(words, (word) => (te(word) ? t(word) : word)),
      ...map(times, formatMoment),
      ...map(districts, districtName),
    }
    const said = t(whole, { ...plain, ...named })
    if (mentions.length > 0) return said + t('facts.mentions', { names: mentions.join(t('common.join')) })
    if (cause !== null) return said + t('facts.because', { cause: wordOf('cause', cause) })
    const code = `rectifications.result.${result}`
    return te(code) ? said + t('facts.because', { cause: t(code) }) : said
  }
}
