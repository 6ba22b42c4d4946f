import type words from '../../locales/zh-CN/views.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    views: typeof words
  }
}
