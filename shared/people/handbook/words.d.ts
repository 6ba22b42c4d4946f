import type words from '../../locales/zh-CN/handbook.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    handbook: typeof words
  }
}
