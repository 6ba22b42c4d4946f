import type words from '../../locales/zh-CN/identity.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    identity: typeof words
  }
}
