import type { Language } from '../../../shared/base/words/language.ts'
import type { OpenTable } from '../../../shared/census/open-data/open-data-rules.ts'
import en from '../../../shared/locales/en/refusals/open-data.json'
import zh from '../../../shared/locales/zh-CN/refusals/open-data.json'
import { bringRefusals, say, type Values } from '../../base/words/say.ts'

type Words = typeof zh

declare module '../../base/words/say.ts' {
  interface BroughtReasons extends Words {}
}

bringRefusals({ zh, en })

/** Says the words of the published data in one language. */
export const openWords =
  (language: Language) =>
  (word: keyof Words, values: Values = {}): string =>
    say({ word, values }, language)
export type OpenWords = ReturnType<typeof openWords>

/** What a field means; `test/census/open-data` holds that each has its words. */
export const meaningOf = (language: Language, table: OpenTable, name: string): string =>
  openWords(language)(`openData.field.${table}.${name}` as keyof Words)
