/** A page of the handbook as a browser gets it: drawn when the product is built, so that nothing parses there. */
export interface Handbook {
  readonly title: string
  /** Its chapters, for the table of contents. */
  readonly chapters: readonly { readonly id: string; readonly text: string }[]
  readonly html: string
}
