import { pagesIn } from '../../base/http/html.ts'
import { STYLE } from './paper/html.ts'

/** What a file of a document is called. */
export const fileName = ({ kind, id }: { readonly kind: string; readonly id: number }, end: string): string =>
  `${kind}-${id}.${end}`

/** Says of an answer that it is a document as a page. */
export const asPage = pagesIn(STYLE)
