import type words from '../../locales/zh-CN/letters.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    letters: typeof words
  }
}
