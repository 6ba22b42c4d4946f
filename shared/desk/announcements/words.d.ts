import type words from '../../locales/zh-CN/announcements.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    announcements: typeof words
  }
}
