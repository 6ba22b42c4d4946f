import type words from '../../locales/zh-CN/findings.json'

declare module '../../locales/keys.ts' {
  interface Brought {
    findings: typeof words
  }
}
