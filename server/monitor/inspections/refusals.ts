import en from '../../../shared/locales/en/refusals/inspections.json'
import zh from '../../../shared/locales/zh-CN/refusals/inspections.json'
import { bringRefusals } from '../../base/words/say.ts'

type Words = typeof zh

declare module '../../base/words/say.ts' {
  interface BroughtReasons extends Words {}
}

bringRefusals({ zh, en })
