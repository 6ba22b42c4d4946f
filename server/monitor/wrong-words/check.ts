import { foldSigns } from '../../../shared/base/signs.ts'
import type { NewWrongWord } from '../../../shared/monitor/wrong-words/wrong-words.ts'
import { LEAST_WORD } from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'

/** What is wrong with a word, and where. */
export interface WordFault {
  readonly path: 'wrong' | 'right' | 'near'
  readonly reason: 'wrongWords.isRight' | 'wrongWords.saysNothing' | 'wrongWords.nearAndApart'
  readonly values: { readonly word: string }
}

/** A word that would find what it should not: equal to its right form, without letters, or with context that both must and must not be. */
export function faultOf({
  wrong,
  right,
  near,
  apart,
}: Pick<NewWrongWord, 'wrong' | 'right' | 'near' | 'apart'>): WordFault | null {
  if (folded(wrong) === folded(right))
    return { path: 'right', reason: 'wrongWords.isRight', values: { word: wrong } }
  if ((wrong.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < LEAST_WORD || /^\d+$/.test(wrong)) {
    return { path: 'wrong', reason: 'wrongWords.saysNothing', values: { word: wrong } }
  }
  const both = near.find((word) => apart.includes(word))
  return both === undefined
    ? null
    : { path: 'near', reason: 'wrongWords.nearAndApart', values: { word: both } }
}

const folded = (text: string) => foldSigns(text).toLowerCase().replace(/\s/g, '')
