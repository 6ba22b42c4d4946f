import type words from '../../locales/zh-CN/load.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    load: typeof words
  }
}
