import type words from '../../locales/zh-CN/imprints.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    imprints: typeof words
  }
}
