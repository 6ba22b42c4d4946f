import type words from '../../locales/zh-CN/setup.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    setup: typeof words
  }
}
