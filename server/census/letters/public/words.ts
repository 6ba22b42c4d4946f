import type { Language } from '../../../../shared/base/words/language.ts'
import en from '../../../../shared/locales/en/refusals/hotline.json'
import zh from '../../../../shared/locales/zh-CN/refusals/hotline.json'
import { bringRefusals, say, type Values } from '../../../base/words/say.ts'

type Words = typeof zh

declare module '../../../base/words/say.ts' {
  interface BroughtReasons extends Words {}
}

bringRefusals({ zh, en })

/** Says the words of the hotline's public page in one language. */
export const hotlineWords =
  (language: Language) =>
  (word: keyof Words, values: Values = {}): string =>
    say({ word, values }, language)
export type HotlineWords = ReturnType<typeof hotlineWords>

/** YYYY-MM as its reader says it. */
export function monthIn(t: HotlineWords, month: string): string {
  const [year = '', number = ''] = month.split('-')
  return t('hotline.month', { year, number })
}
