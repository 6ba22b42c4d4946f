import { z } from 'zod'
import type { Endpoint } from '../../../people/rights/endpoint.ts'
import { DOCUMENT_KINDS } from '../documents-rules.ts'
import { checkedTemplate, template } from './templates.ts'

const kind = z.object({ kind: z.enum(DOCUMENT_KINDS) })
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Templates that the office edits in Word or WPS. */
export const templateEndpoints = {
  templates: {
    method: 'GET',
    path: '/api/templates',
    summary: 'The template in use for each kind of document',
    needs: 'template.manage',
    output: z.array(template),
  },
  templateFile: {
    method: 'GET',
    path: '/api/templates/:kind.docx',
    summary: 'The template in use for a kind of document, to be edited in Word or WPS',
    needs: 'template.manage',
    params: kind,
    output: z.string(),
    media: WORD,
  },
  template: {
    method: 'GET',
    path: '/api/templates/:kind',
    summary: 'The template in use for a kind of document, with its tags',
    needs: 'template.manage',
    cost: 10,
    params: kind,
    output: checkedTemplate,
  },
  uploadTemplate: {
    method: 'POST',
    path: '/api/templates/:kind',
    summary:
      'Upload a template: every unknown or unclosed tag is named, and then it is not kept; else it is in use as the next version',
    needs: 'template.manage',
    cost: 20,
    params: kind,
    query: z.object({ name: z.string().max(200).default('') }),
    takes: 'application/octet-stream',
    output: checkedTemplate,
  },
  previewTemplate: {
    method: 'POST',
    path: '/api/templates/:kind/preview',
    summary: 'Fill a template with the last document of its kind; nothing is kept',
    needs: 'template.manage',
    cost: 20,
    params: kind,
    takes: 'application/octet-stream',
    output: z.string(),
    media: WORD,
  },
} as const satisfies Record<string, Endpoint>
