import type words from '../../locales/zh-CN/rounds.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    rounds: typeof words
  }
}
