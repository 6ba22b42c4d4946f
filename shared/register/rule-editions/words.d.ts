import type words from '../../locales/zh-CN/editions.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    editions: typeof words
  }
}
