import type { Language } from '../../../../shared/base/words/language.ts'
import type { DocumentData, Value } from '../../../../shared/census/documents/documents.ts'
import type { ValueType } from '../../../../shared/census/documents/documents-rules.ts'
import { hotlineOn } from '../../../../shared/census/letters/letters-rules.ts'
import { messageRulesOn } from '../../../../shared/monitor/messages/messages-rules.ts'
import { isWord, say, type Values } from '../../../base/words/say.ts'
import '../refusals.ts'

type Names = Pick<DocumentData, 'places' | 'rules' | 'window'>

/** A word of these papers by its code; a code that has none, of a newer program, stays as it is. */
export function wordOf(family: string, code: string, language: Language, values: Values = {}): string {
  const word = `papers.${family}.${code}`
  return isWord(word) ? say({ word, values }, language) : code
}

/** For how many months a letter may wait, by the rules of the last day that a document is about. */
export const waitsIn = ({ window: { to } }: Pick<DocumentData, 'window'>): Values => ({
  hotlineMonths: hotlineOn(to).unanswered.months,
  siteMonths: messageRulesOn(to).months,
})

/** What a rule is called where its table was read, with its number. */
export function nameOfRule({ rules }: Pick<DocumentData, 'rules'>, rule: string, language: Language): string {
  const name = rules[rule]?.[language]
  return name ? `${rule} ${name}` : rule
}

const placeNamed = ({ places }: Pick<DocumentData, 'places'>, code: string, language: Language): string => {
  const named = places[code]
  return (language === 'zh' ? named?.name : named?.nameEn) ?? code
}

/** Codes become words; numbers, shares, days and instants stay what they are. */
export function inWords(data: Names, value: Value, type: ValueType, language: Language): Value {
  if (value === null || typeof value === 'number') return value
  const codes = [value].flat()
  const join = say({ word: 'notices.list.join' }, language)
  const each = (say: (code: string) => string) => codes.map(say).join(join)
  if (type === 'rules') return each((code) => nameOfRule(data, code, language))
  if (type === 'district') return each((code) => placeNamed(data, code, language))
  if (type === 'deed') return each((code) => deedOf(code, language))
  if (type === 'text' || type === 'day' || type === 'time' || type === 'number' || type === 'percent')
    return codes.join(join)
  return each((code) => wordOf(type, code, language, waitsIn(data)))
}

/** What was done with what: as the refusal of whoever comes second says it, else in words of these papers. */
function deedOf(kind: string, language: Language): string {
  const [noun = '', verb = ''] = kind.split('.')
  const word = `action.${kind}`
  const did = isWord(word) ? say({ word }, language) : wordOf('verb', verb, language)
  return `${wordOf('noun', noun, language)} · ${did}`
}
