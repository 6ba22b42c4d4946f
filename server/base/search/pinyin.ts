import { createRequire } from 'node:module'

type Library = typeof import('pinyin-pro')

const require = createRequire(import.meta.url)

/** What reads Chinese signs aloud, in letters; its dictionaries take 5 MB, and are loaded with the first name that is spelled. */
export const pinyin = ((...order: Parameters<Library['pinyin']>) =>
  (require('pinyin-pro') as Library).pinyin(...order)) as Library['pinyin']
