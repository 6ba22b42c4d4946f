import type words from '../../locales/zh-CN/vantages.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    vantages: typeof words
  }
}
