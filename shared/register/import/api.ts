import { z } from 'zod'
import { LANGUAGES } from '../../base/words/language.ts'
import { id } from '../../people/rights/endpoint.ts'
import { applyImportInput, importQuery, registerImport } from './imports.ts'

/** Loading a register in the product: a file is checked, what it leaves open is answered, and then it is applied. */
export const importEndpoints = {
  importRegister: {
    method: 'POST',
    path: '/api/imports',
    summary:
      'Load a register (CSV in UTF-8, UTF-16 or GBK, or XLSX); dryRun=true tells what would come of it',
    needs: 'register.import',
    cost: 60,
    query: importQuery,
    takes: 'application/octet-stream',
    output: registerImport,
  },
  registerImport: {
    method: 'GET',
    path: '/api/imports/:id',
    summary: 'What a file would do, or did',
    needs: 'register.import',
    cost: 20,
    params: id,
    output: registerImport,
  },
  wrongRows: {
    method: 'GET',
    path: '/api/imports/:id/wrong.xlsx',
    summary:
      'The wrong rows of a file as they stand there, each behind what is wrong with it: mended, it can be loaded again',
    needs: 'register.import',
    cost: 20,
    params: id,
    query: z.object({ language: z.enum(LANGUAGES).optional() }),
    output: z.string(),
    media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  answerImport: {
    method: 'POST',
    path: '/api/imports/:id/answers',
    summary: 'Answer questions of an import, and see what comes of it; nothing is loaded',
    needs: 'register.import',
    cost: 20,
    params: id,
    body: applyImportInput.pick({ answers: true }).extend({ area: importQuery.shape.area }),
    output: registerImport,
  },
  applyImport: {
    method: 'POST',
    path: '/api/imports/:id/apply',
    summary: 'Load what was checked; rows whose questions are open stay out',
    needs: 'register.import',
    cost: 60,
    params: id,
    body: z.preprocess((body) => body ?? {}, applyImportInput),
    output: registerImport,
  },
} as const
