import type words from '../../locales/zh-CN/sheets.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    sheets: typeof words
  }
}
