import type words from '../../locales/zh-CN/pictures.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    pictures: typeof words
  }
}
