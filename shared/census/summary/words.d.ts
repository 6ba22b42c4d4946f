import type words from '../../locales/zh-CN/summary.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    summary: typeof words
  }
}
