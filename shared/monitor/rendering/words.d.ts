import type words from '../../locales/zh-CN/rendering.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    rendering: typeof words
  }
}
