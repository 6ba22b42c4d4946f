import type words from '../../locales/zh-CN/notebook.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    notebook: typeof words
  }
}
