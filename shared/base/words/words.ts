/** Words by key, as they lie in `shared/locales/<language>/<noun>.json`. */
export interface Tree {
  readonly [key: string]: string | Tree
}
