import en from '../../../shared/locales/en/refusals/documents.json'
import enPapers from '../../../shared/locales/en/refusals/papers.json'
import zh from '../../../shared/locales/zh-CN/refusals/documents.json'
import zhPapers from '../../../shared/locales/zh-CN/refusals/papers.json'
import { bringRefusals } from '../../base/words/say.ts'

type Words = typeof zh & typeof zhPapers

declare module '../../base/words/say.ts' {
  interface BroughtReasons extends Words {}
}

bringRefusals({ zh: { ...zh, ...zhPapers }, en: { ...en, ...enPapers } })
