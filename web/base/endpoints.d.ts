/** Made of `shared/api.ts` when the pages are built (`vite.endpoints.ts`). */
declare module 'virtual:endpoints' {
  type Api = import('../../shared/api.ts').Api

  export const endpoints: {
    readonly [N in keyof Api]: Pick<Api[N], Extract<keyof Api[N], 'method' | 'path' | 'takes'>>
  }
}
