import type words from '../../locales/zh-CN/ledger.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    ledger: typeof words
  }
}
