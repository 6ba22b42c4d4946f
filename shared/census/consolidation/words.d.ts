import type words from '../../locales/zh-CN/consolidation.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    consolidation: typeof words
  }
}
