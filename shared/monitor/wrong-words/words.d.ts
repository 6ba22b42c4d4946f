import type words from '../../locales/zh-CN/wrong-words.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    wrongWords: typeof words
  }
}
