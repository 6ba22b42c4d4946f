import type words from '../../locales/zh-CN/outbound.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    outbound: typeof words
  }
}
