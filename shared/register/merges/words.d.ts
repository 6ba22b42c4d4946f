import type words from '../../locales/zh-CN/merges.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    merges: typeof words
  }
}
