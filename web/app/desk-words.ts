import { addWords } from '../base/i18n.ts'
import type { Tree, Words } from '../locales/words.ts'

const trees = (desk: readonly Words<Tree>[], language: 'zh-CN' | 'en') => desk.map((words) => words[language])

/** The words of all pages of the desk, in one language at a time. */
const DESK = {
  'zh-CN': async () => trees((await import('../locales/desk.ts?only=zh-CN')).desk, 'zh-CN'),
  en: async () => trees((await import('../locales/desk.ts?only=en')).desk, 'en'),
}

/** A part of the desk that is loaded together with its words, which are there before it is. */
export function withDeskWords<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [part] = await Promise.all([load(), addWords(DESK)])
    return part
  }
}
