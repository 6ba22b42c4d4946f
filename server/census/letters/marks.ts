import { createHash } from 'node:crypto'
import type { LetterPerson, NewLetter } from '../../../shared/census/letters/letters.ts'

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** By which the same words are known again, however blanks, signs and widths are written. */
export const markOfText = ({ title, body }: Pick<NewLetter, 'title' | 'body'>): string =>
  hashOf(`${plain(title)}|${plain(body)}`)

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** By which the same person is known again: the telephone or the mail; a name alone tells nobody from others. '': nothing. */
export function markOfPerson({ phone, mail }: LetterPerson): string {
  const number = phone.replace(/\D/g, '')
  const told = number || mail.toLowerCase()
  return told === '' ? '' : hashOf(told)
}
