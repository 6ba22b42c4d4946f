import type words from '../../locales/zh-CN/filings.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    filings: typeof words
  }
}
