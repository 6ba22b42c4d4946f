import { useI18n } from 'vue-i18n'
import type { Fact } from '../../../shared/base/facts.ts'
import { useDistrictName } from '../live/names.ts'
import { formatTime } from '../ui/marks/format.ts'
import { factWords } from './fact-words.ts'

/** Says facts in the language of the page. */
export function useFactSentence(): (fact: Fact) => string {
  const { t, te } = useI18n()
  const districtName = useDistrictName()
  const map = (entries: Readonly<Record<string, string>>, say: (value: string) => string) =>
    Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, value === '' ? '' : say(value)]))
  return (fact) => {
    const { key, plain, words, times, districts, cause, result, mentions } = factWords(fact)
    if (!te(`facts.${key}`)) return t('facts.unknown', { kind: fact.kind })
    const named = { ...map(words, t), ...map(times, shortTime), ...map(districts, districtName) }
    const said = t(`facts.${key}`, { ...plain, ...named })
    if (mentions.length > 0) return said + t('facts.mentions', { names: mentions.join('、') })
    if (cause !== null) return said + t('facts.because', { cause: t(`cause.${cause}`) })
    const code = `rectifications.result.${result}`
    return te(code) ? said + t('facts.because', { cause: t(code) }) : said
  }
}

/** 'MM-DD HH:MM'. */
function shortTime(iso: string): string {
  return formatTime(iso).slice(5, 16)
}
