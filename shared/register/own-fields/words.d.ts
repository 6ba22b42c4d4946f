import type words from '../../locales/zh-CN/own-fields.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    ownFields: typeof words
  }
}
