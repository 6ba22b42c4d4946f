import type words from '../../locales/zh-CN/search.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    search: typeof words
  }
}
