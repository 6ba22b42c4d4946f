import type words from '../../../locales/zh-CN/unit-merges.json'

declare module '../../../locales/keys.ts' {
  interface Brought {
    unitMerges: typeof words
  }
}
