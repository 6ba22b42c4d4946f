import type words from '../../locales/zh-CN/line.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    line: typeof words
  }
}
