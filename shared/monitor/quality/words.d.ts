import type words from '../../locales/zh-CN/quality.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    quality: typeof words
  }
}
