import type { Language } from '../../../shared/base/words/language.ts'
import en from '../../../shared/locales/en/refusals/identity.json'
import zh from '../../../shared/locales/zh-CN/refusals/identity.json'
import { bringRefusals, say, type Values } from '../../base/words/say.ts'

type Words = typeof zh

declare module '../../base/words/say.ts' {
  interface BroughtReasons extends Words {}
}

bringRefusals({ zh, en })

/** Says the words of the page about the monitor in one language. */
export const identityWords =
  (language: Language) =>
  (word: keyof Words, values: Values = {}): string =>
    say({ word, values }, language)
export type IdentityWords = ReturnType<typeof identityWords>
