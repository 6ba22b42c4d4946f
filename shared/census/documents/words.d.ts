import type words from '../../locales/zh-CN/documents.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    documents: typeof words
  }
}
