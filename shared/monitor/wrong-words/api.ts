import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { newWrongWord, wordHit, wordImport, wrongWord, wrongWordEdit } from './wrong-words.ts'
import { MOST_TRIED, MOST_WORD, WORD_KINDS } from './wrong-words-rules.ts'
import './rights.ts'

/** The dictionary of wrong words, and what it finds in a text. */
export const wrongWordEndpoints = {
  wrongWords: {
    method: 'GET',
    path: '/api/wrong-words',
    summary: 'Words that must not be written so, with the right form; those switched off too',
    needs: 'wrongWord.manage',
    cost: 2,
    query: z.object({
      /** Part of the wrong or the right form. */
      q: sentText.max(MOST_WORD).optional(),
      kind: z.enum(WORD_KINDS).optional(),
      state: z.enum(['on', 'off']).optional(),
      ...paging,
    }),
    output: page(wrongWord),
  },
  addWrongWord: {
    method: 'POST',
    path: '/api/wrong-words',
    summary: 'Add a word to the dictionary. 409: it stands there already',
    needs: 'wrongWord.manage',
    body: newWrongWord,
    output: wrongWord,
  },
  changeWrongWord: {
    method: 'PATCH',
    path: '/api/wrong-words/:id',
    summary: 'Change a word, or switch it on or off. 409: somebody has changed it meanwhile',
    needs: 'wrongWord.manage',
    params: id,
    body: wrongWordEdit,
    output: wrongWord,
  },
  importWrongWords: {
    method: 'POST',
    path: '/api/wrong-words/import',
    summary:
      'Load words by a sheet (CSV or XLSX): rows that are wrong are told and left out; dryRun=true tells what would come of it',
    needs: 'wrongWord.manage',
    cost: 20,
    query: z.object({ dryRun: z.enum(['true', 'false']).optional() }),
    takes: 'application/octet-stream',
    output: wordImport,
  },
  tryWrongWords: {
    method: 'POST',
    path: '/api/wrong-words/try',
    summary: 'Wrong words in a text, as inspections would find them; nothing is kept',
    needs: 'wrongWord.manage',
    cost: 2,
    body: z.object({ text: sentText.max(MOST_TRIED) }),
    output: z.array(wordHit),
  },
} as const satisfies Record<string, Endpoint>
