import type words from '../../locales/zh-CN/inspections.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    inspections: typeof words
  }
}
