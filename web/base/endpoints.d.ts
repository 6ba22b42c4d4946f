/** Made of `shared/api.ts` when the pages are built (`vite.endpoints.ts`). */
declare module 'virtual:endpoints' {
  type Api = import('../../shared/api.ts').Api

  export const endpoints: {
    readonly [N in keyof Api]: Pick<Api[N], Extract<keyof Api[N], 'method' | 'path' | 'takes'>>
  }
}

/** Those of them that the program and the wall call. */
declare module 'virtual:endpoints/first' {
  type Api = import('../../shared/api.ts').Api
  interface Place {
    readonly method: Api[keyof Api]['method']
    readonly path: string
    readonly takes?: string
  }

  export const first: Readonly<Record<string, Place | undefined>>
}
